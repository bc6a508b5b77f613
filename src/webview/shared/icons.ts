import type { Outcome } from '../../core/report/report';
import { svg } from './dom';

/** Drawn on 16 by 16, with strokes. */
const PATHS = {
  check: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M4.8 8.2l2.2 2.3l4.2-4.8',
  cross: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M5.5 5.5l5 5M10.5 5.5l-5 5',
  warning: 'M8 2L1.5 13.5h13zM8 6.3v3.6M8 11.2v1',
  stop: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M3.5 3.5l9 9',
  spinner: 'M8 1.5a6.5 6.5 0 1 1-6.5 6.5',
  question:
    'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M6 6.3a2 2 0 1 1 2.8 1.8c-.6.3-.8.6-.8 1.3M8 11.2v.8',
  up: 'M3.5 10L8 5.5L12.5 10',
  down: 'M3.5 6L8 10.5L12.5 6',
  right: 'M6 3.5L10.5 8L6 12.5',
  expand: 'M8 4v8M4 8h8M1.5 1.5h13v13h-13z',
  collapse: 'M4 8h8M1.5 1.5h13v13h-13z',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGElement {
  const path = svg('path', { d: PATHS[name], fill: 'none', stroke: 'currentColor', 'stroke-width': 1.2 });
  return svg('svg', { viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, path);
}

export const OUTCOME_ICON: Readonly<Record<Outcome, IconName>> = {
  created: 'check',
  rejected: 'cross',
  invalid: 'cross',
  blocked: 'stop',
  unanswered: 'warning',
  unexpected: 'warning',
  cancelled: 'stop',
};
