import { clearDrafts, keepDrafts } from './desk-drafts.ts';
import { answerKeys } from './desk-keys.ts';

/** What makes a day at the evaluation desk lighter. The desk works without all of it. */

// a phone's browser shows no PDF inside a page: say so instead of an empty frame
if (navigator.pdfViewerEnabled === false)
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe[data-pdf]')) {
    const instead = frame.parentElement?.querySelector<HTMLElement>('[data-no-viewer]');
    if (instead) instead.hidden = false;
    frame.remove();
  }

const desk = document.querySelector<HTMLElement>('[data-desk]');
if (desk) {
  const { lot = '', seat = '', saved, concluded } = desk.dataset;
  const back = keepDrafts({ lot, seat, saved: saved !== undefined, concluded: concluded !== undefined });
  const notice = document.querySelector<HTMLElement>('[data-restored]');
  if (notice) notice.hidden = back === 0;
  notice?.querySelector('[data-discard]')?.addEventListener('click', () => {
    clearDrafts();
    location.reload();
  });
  // whoever signs out leaves nothing behind for the next at this computer
  for (const form of document.querySelectorAll('form.sign-out')) form.addEventListener('submit', () => clearDrafts());
  answerKeys();
}
