import { signal } from '@preact/signals';
import { call, mustSignIn } from './client.js';

interface SignInState {
  readonly tokenNeeded: boolean;
  readonly signedIn: boolean;
}

/**
 * Signing in and out. The token goes to the server once, in the body of a request. The server keeps the browser signed in with a
 * cookie that no script can read.
 */
export const signIn = {
  /** Whether the server asks for a token. */
  tokenNeeded: signal(false),

  /** Asks the server whether the user must sign in. */
  async check(): Promise<void> {
    const { tokenNeeded, signedIn } = await call<SignInState>('/sign-in', { wholeServer: true });
    signIn.tokenNeeded.value = tokenNeeded;
    mustSignIn.value = tokenNeeded && !signedIn;
  },

  /** @throws CallProblem 401 for a wrong token */
  async in(token: string): Promise<void> {
    await call('/sign-in', { method: 'POST', body: { token }, wholeServer: true });
    mustSignIn.value = false;
  },

  async out(): Promise<void> {
    await call('/sign-in', { method: 'DELETE', wholeServer: true }).catch(() => undefined);
    mustSignIn.value = true;
  },
};
