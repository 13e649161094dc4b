import type { OperationView } from '../../../api/index.js';
import { texts } from '../../texts/texts.js';

type OperationError = NonNullable<OperationView['error']>;

/** What a phone tells its user about a failure, in plain words. */
export function failureText({ name, status, httpStatus, errorReason, reason }: OperationError): string {
  const { byStatus, byName, byReason, refused, httpRefused, failed } = texts.value.devices.failureTexts;
  const own = (words: Readonly<Record<string, string>>, key: string | undefined): string | undefined =>
    key !== undefined && Object.hasOwn(words, key) ? words[key] : undefined;
  return (
    own(byStatus, status) ??
    own(byReason, errorReason ?? reason) ??
    (status === undefined ? undefined : refused(status)) ??
    (httpStatus === undefined ? undefined : httpRefused(String(httpStatus))) ??
    own(byName, name) ??
    failed
  );
}

/** Whether the server refused the confirmation code, so that the user may enter another. */
export const isWrongCode = ({ error }: OperationView): boolean =>
  error?.status === '8.2.7/3.8' || error?.status === '8.2.7/2.2';
