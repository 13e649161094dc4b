/** The console's files, and how a browser signs in. */
export { serveConsole } from './routes.js';
export { serveSignIn, SignedIn, signInPath } from './sign-in.js';
