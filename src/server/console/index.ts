/** Serves the console's files, and signs browsers in. */
export { serveConsole } from './routes.js';
export { serveSignIn, SignedIn, signInPath } from './sign-in.js';
