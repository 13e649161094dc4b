import { Problem, type ControlContext } from '../api/index.js';

/**
 * Replays files that users upload, one at a time. The replay code is loaded when the first file arrives.
 *
 * @throws Problem 400 for a file that cannot be replayed, 409 while another file is being replayed
 */
export function replayUpload(): NonNullable<ControlContext['replay']> {
  let isBusy = false;
  return async (file, session) => {
    if (isBusy) throw new Problem(409, 'another file is being replayed; try again in a moment');
    isBusy = true;
    try {
      const { replay, ReplayFileError } = await import('../replay/index.js');
      return await replay(file, { session }).catch((error: unknown) => {
        throw error instanceof ReplayFileError ? new Problem(400, error.message) : error;
      });
    } finally {
      isBusy = false;
    }
  };
}
