import type { PageProps } from '../page-props.js';
import { place } from '../../router/router.js';
import { Comparison } from './comparison.js';
import { FilePage } from './file-page.js';
import { SessionList } from './session-list.js';
import { SessionPage } from './session-page.js';
import './sessions.css';

/** What devices said and what the server answered, session by session. */
export default function Sessions({ rest: [transactionId] }: PageProps) {
  const other = place.value.query.get('with');
  if (transactionId === undefined) return <SessionList />;
  if (transactionId === 'file') return <FilePage />;
  if (other !== null) return <Comparison key={transactionId + other} first={transactionId} second={other} />;
  return <SessionPage key={transactionId} transactionId={transactionId} />;
}
