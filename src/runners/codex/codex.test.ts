import { describeCliRunner } from '../../../test/support/cli-runner-suite.ts';
import { codex } from './codex.ts';

describeCliRunner('codex', codex);
