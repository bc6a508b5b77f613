/** Matches an element whose whole text is this, give or take the white space around it. */
export const exactly = (text: string): RegExp =>
  new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);

/** Text as it is read: the workbench draws spaces as no-break spaces, and breaks lines where they do not fit. */
export const readable = (text: string): string => text.replace(/[\s\u00a0]+/g, ' ').trim();
