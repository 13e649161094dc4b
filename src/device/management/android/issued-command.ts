import type { AndroidWords } from '../../../wire/device-words/index.js';
import type { AndroidCommand, CommandStatus } from './command.js';

/** A command that the device has received. Reading `status` gives its present status. */
export interface IssuedCommand {
  /** Numbered from 1 for each device. */
  readonly id: number;
  readonly command: AndroidCommand;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly status: CommandStatus;
  readonly isDone: boolean;
  /** The error that EuiccManager reports, if the command failed. */
  readonly euiccError: AndroidWords | undefined;
}

/** Returns the status of a command. The status is either constant, or that of an operation of the device. */
export type Outcome = () => {
  readonly status: CommandStatus;
  /** Default: derived from the status. */
  readonly isDone?: boolean | undefined;
  readonly euiccError?: AndroidWords | undefined;
};
