import type { AndroidWords } from '../../../wire/device-words/index.js';
import type { AndroidCommand, CommandStatus } from './command.js';

/** A command that the device has got. Its status is read when it is asked for. */
export interface IssuedCommand {
  /** Numbered from 1 for each device. */
  readonly id: number;
  readonly command: AndroidCommand;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly status: CommandStatus;
  readonly isDone: boolean;
  /** What EuiccManager said, if something failed. */
  readonly euiccError: AndroidWords | undefined;
}

/** What a command comes to: known at once, or read from what the device does. */
export type Outcome = () => {
  readonly status: CommandStatus;
  /** Default: whether the status says that the command is over. */
  readonly isDone?: boolean | undefined;
  readonly euiccError?: AndroidWords | undefined;
};
