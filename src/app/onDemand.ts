/** What works on requests, in one piece: the extension loads it with the first request that is checked, sent or shown. */
export { checkFiles } from './checking/checkFiles';
export { callEndpoint } from './endpoints/callEndpoint';
export { keptAnswer } from './history/keptReport';
export { copyAsCurl } from './sending/copyAsCurl';
export { sendInvoices } from './sending/sendInvoices';
