/**
 * What stands still beside the forms of a hall, which move with it and are made anew at any moment: it is shown while the hall has one of `shownFor`,
 * and hands over each form within one of `holders` that is sent.
 */
export function besideForms(
  desk: HTMLElement,
  { shownFor, holders }: { readonly shownFor: string; readonly holders: string },
  send: (form: HTMLFormElement, holder: HTMLElement) => Promise<void>,
): void {
  const show = (): void => {
    desk.hidden = document.querySelector(shownFor) === null;
  };
  show();
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target instanceof HTMLFormElement ? event.target : null;
      const holder = form?.closest<HTMLElement>(holders);
      if (!form || !holder) return;
      event.preventDefault();
      event.stopPropagation();
      void send(form, holder);
    },
    true,
  );
}
