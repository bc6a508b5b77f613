import { type Answer, guessedError } from './answers';
import { listCurrencies, listPaymentMethods } from './catalogue';
import { createInvoice } from './createInvoice';
import { documentedError } from './documentedErrors';
import { keyRefusal } from './keys';
import { homePage } from './pages';
import { PAGE_ACTIONS } from './paymentPage';
import {
  cancelInvoice,
  leadToShop,
  methodsOfInvoice,
  publicCall,
  selectMethod,
  showPayment,
  submitForm,
} from './paymentRoutes';
import { apiKey, type ApiRequest, type Reply, type World } from './request';
import { getWithdrawal, listWithdrawals } from './withdrawals';

interface Route {
  method: 'GET' | 'POST';
  path: RegExp;
  /** Pages for people need no key. */
  open?: true;
  /** `named` is what the path's group has caught. */
  reply: (request: ApiRequest, world: World, named: string) => Reply;
}

const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^\/api\/v1\/create-invoice$/, reply: createInvoice },
  read(/^\/api\/v1\/payment-methods$/, listPaymentMethods),
  read(/^\/api\/v1\/currencies$/, listCurrencies),
  read(/^\/api\/v1\/withdrawals$/, listWithdrawals),
  read(/^\/api\/v1\/withdrawals\/([^/]+)$/, (_request, uuid) => getWithdrawal(uuid)),
  pageOf(/^\/$/, ({ origin }) => homePage(origin)),
  pageOf(/^\/pay\/([^/]+)$/, showPayment),
  pageOf(/^\/pay\/([^/]+)\/return$/, leadToShop),
  {
    method: 'POST',
    path: new RegExp(`^/pay/([^/]+/(?:${PAGE_ACTIONS.join('|')}))$`),
    open: true,
    reply: submitForm,
  },
  { ...ofInvoice('payment-methods', publicCall(methodsOfInvoice)), method: 'GET' },
  { ...ofInvoice('select-method', publicCall(selectMethod)), method: 'POST' },
  { ...ofInvoice('cancel', publicCall(cancelInvoice)), method: 'POST' },
];

/** A page for people. */
function pageOf(path: RegExp, show: (world: World, named: string, request: ApiRequest) => Answer): Route {
  return {
    method: 'GET',
    path,
    open: true,
    reply: (request, world, named) => ({ right: () => show(world, named, request) }),
  };
}

/** What the customer's browser calls, by the documented path. */
function ofInvoice(name: string, reply: Route['reply']): Omit<Route, 'method'> {
  return { path: new RegExp(`^/api/v1/public/invoice/([^/]+)/${name}$`), open: true, reply };
}

/** An endpoint that only reads. Its query can ask for a fault; a `HEAD` has no body that could go wrong. */
function read(path: RegExp, answer: (request: ApiRequest, named: string) => Answer): Route {
  return {
    method: 'GET',
    path,
    reply: (request, _world, named) => {
      const fault = request.method === 'GET' ? request.query.get('fault') : null;
      const right = () => answer(request, named);
      return fault === null ? { right } : { fault, right };
    },
  };
}

/**
 * Finds what a request is answered with: path, method, key, in this order. The errors about the key are
 * documented; those about path and method are guesses.
 */
export function route(request: ApiRequest, world: World): Reply {
  const found = ROUTES.find(({ path }) => path.test(request.path));
  if (found === undefined) {
    return { right: () => guessedError(404, 'NOT_FOUND', 'There is nothing at this path') };
  }
  const allowed = found.method === 'GET' ? ['GET', 'HEAD', 'OPTIONS'] : [found.method, 'OPTIONS'];
  const headers = { Allow: allowed.join(', ') };
  if (!allowed.includes(request.method)) {
    const message = `This endpoint takes ${found.method} only`;
    return { right: () => guessedError(405, 'METHOD_NOT_ALLOWED', message, undefined, headers) };
  }
  // No CORS headers here or anywhere: no web page has business with this server.
  if (request.method === 'OPTIONS') return { right: () => ({ status: 200, headers, body: '' }) };
  const refusal = found.open ? undefined : keyRefusal(apiKey(request));
  if (refusal !== undefined) return { right: () => documentedError(refusal) };
  return found.reply(request, world, found.path.exec(request.path)?.[1] ?? '');
}
