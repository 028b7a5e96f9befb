import { describeCliRunner } from '../../../test/support/cli-runner-suite.ts';
import { claudeCode } from './claude-code.ts';

describeCliRunner('claude-code', claudeCode);
