import { documentedError } from '../contract/errors';
import { MAYBE_CREATED } from './answerWords';
import type { Situation, Words } from '../phrases';
import type { SentProblem } from './problem';
import { wordsOf } from './words';
import { STEPS } from '../sharedWords';

const CALL_AGAIN = 'Call it again: it only reads.';

/** The words of a problem where nothing was to be created. */
export function readWordsOf(problem: SentProblem, situation: Situation): Words {
  const { message, guidance } = wordsOf(problem, situation);
  switch (problem.kind) {
    case 'envelope': {
      const { code, status } = problem.arguments;
      if (documentedError(code))
        return { message, guidance: guidance.filter((step) => step !== MAYBE_CREATED) };
      if (status < 400) return { message, guidance: [CALL_AGAIN] };
      if (status === 404) return { message, guidance: ['Check the id, if one was given, and the base URL.'] };
      return { message, guidance };
    }
    case 'http-status': {
      const { status } = problem.arguments;
      return { message, guidance: status < 400 || status >= 500 ? [CALL_AGAIN] : guidance };
    }
    case 'not-json':
      return { message, guidance: [STEPS.checkBaseUrlAndProxy] };
    case 'timeout':
      return {
        message,
        guidance: [CALL_AGAIN, STEPS.raiseTimeout],
      };
    case 'connection':
      return { message, guidance: problem.arguments.reason === 'never-left' ? guidance : [CALL_AGAIN] };
    case 'truncated':
      return { message, guidance: [CALL_AGAIN] };
    default:
      return { message, guidance };
  }
}
