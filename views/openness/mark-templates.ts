import { each, type Html, html } from '../html.ts';
import { type Verdict, verifyMark } from '../parts/index.ts';
import type { View } from '../view.ts';

const verdicts: readonly Verdict[] = ['verified', 'refuted', 'unchecked', 'checking'];

/** The marks that `src/browser/verdicts.ts` copies: the script brings no looks of its own. */
export function markTemplates(view: View): Html {
  return html`${each(verdicts, (verdict) => html`<template data-mark="${verdict}">${verifyMark(view, { verdict })}</template>`)}`;
}
