import { WindowsSettingsView } from '../../api/index.js';
import { nearest } from '../../base/did-you-mean.js';
import { MisuseError } from '../errors.js';

/** Parses `name=value` into a setting. The server checks the value. @throws MisuseError */
export function settingOf(text: string): readonly [name: string, value: unknown] {
  const [name = '', value] = [
    text.split('=', 1)[0],
    text.includes('=') ? text.slice(text.indexOf('=') + 1) : undefined,
  ];
  const names = Object.keys(WindowsSettingsView.properties);
  if (!names.includes(name)) {
    const meant = nearest(name, names);
    throw new MisuseError(
      `'${name}' is not a setting; ${meant ? `did you mean '${meant}'?` : `known settings: ${names.join(', ')}`}`,
    );
  }
  if (value === undefined) throw new MisuseError(`Write a value: ${name}=…`);
  const { type } = (WindowsSettingsView.properties as Record<string, { readonly type?: string }>)[name]!;
  if (type === 'boolean' && (value === 'true' || value === 'false')) return [name, value === 'true'];
  if (type === 'array') {
    const parts = value.split(',').filter((part) => part !== '');
    return [name, name === 'retryAfter' ? parts.map(Number) : parts];
  }
  const isNumber = type === 'integer' || type === 'number' || type === undefined;
  return [name, isNumber && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value];
}
