import type { CallProblem } from '../api/problem.js';
import { texts } from '../texts/texts.js';
import { ForeignText } from './foreign-text.js';

/** Shows why the server refused a call: the server's message, and each wrong field with its remedy. */
export function ProblemNote({
  problem,
  retry,
}: {
  readonly problem: CallProblem;
  readonly retry?: () => void;
}) {
  return (
    <div class="note bad" role="alert">
      <p>
        <ForeignText text={problemText(problem)} />
      </p>
      {problem.errors.length > 1 && (
        <ul>
          {problem.errors.map(({ field, message, remedy }, index) => (
            <li key={index}>
              <ForeignText text={`${field}: ${message}${remedy === undefined ? '' : ` (${remedy})`}`} />
            </li>
          ))}
        </ul>
      )}
      {problem.errors.length === 1 && problem.errors[0]?.remedy !== undefined && (
        <p class="small">
          <ForeignText text={problem.errors[0].remedy} />
        </p>
      )}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {texts.value.common.again}
        </button>
      )}
    </div>
  );
}

/** The problem in one sentence. */
export const problemText = ({ status, message }: CallProblem): string =>
  message || (status === 0 ? texts.value.common.unreachable : texts.value.common.refused);
