/** Card properties: the properties of a virtual eUICC and its device, in JSON or YAML. */
export { CardProperties, type CardProperty } from './properties.js';
export {
  cardFields,
  CardPropertiesError,
  checkCardProperties,
  type CardProblem,
} from './check-properties.js';
export { parseCard, readCardFile } from './read-card-file.js';
export { cardMaterial } from './material.js';
export { euiccOptions, type EuiccOptions } from './options.js';
export { withHabits } from './habits.js';
