/** The library. */
export {
  activationCodeUri,
  formatActivationCode,
  parseActivationCode,
  type ActivationCode,
} from './rsp/activation-code.js';
