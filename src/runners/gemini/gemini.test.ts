import { describeCliRunner } from '../../../test/support/cli-runner-suite.ts';
import { gemini } from './gemini.ts';

describeCliRunner('gemini', gemini);
