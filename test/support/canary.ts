/** A key that tests in the extension host use, and that stands nowhere by chance. */
export const CANARY_KEY = 'hostcanary_4c1f7e92a05b4d38_Zq7_key';
