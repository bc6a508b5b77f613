/** What VS Code shows behind the message of a diagnostic. */
export const DIAGNOSTIC_SOURCE = 'EccaEx';
