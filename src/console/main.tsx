import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './shell/shell.css';
import { followLinks } from './router/router.js';
import { followKeys } from './shell/keys.js';
import { applyTheme } from './shell/theme.js';
import { Shell } from './shell/shell.js';
import { startLanguage } from './texts/texts.js';

applyTheme();
followLinks();
followKeys();
await startLanguage();
render(<Shell />, document.getElementById('console')!);
