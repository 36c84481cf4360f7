/** Where it is remembered that this visitor wants to hear the readings. */
const shelf = 'yangguang-speech';
/** More than this many sentences behind, a voice says the newest instead of catching up. */
const mostBehind = 3;

/** The working side of `speechSwitch` (views/parts/reading.ts): says each new reading once, while the switch is pressed. */
export function startSpeech(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-speech-switch]');
  const region = document.querySelector('[data-live="reading"]');
  if (!button || !region || !('speechSynthesis' in window)) return;
  let spoken = '';
  const isOn = (): boolean => button.getAttribute('aria-pressed') === 'true';
  const press = (on: boolean): void => button.setAttribute('aria-pressed', String(on));

  const speak = (): void => {
    const says = region.querySelector<HTMLElement>('[data-speech]')?.dataset.speech ?? '';
    if (says === '' || says === spoken || !isOn()) return;
    spoken = says;
    waiting += 1;
    if (waiting > mostBehind) {
      speechSynthesis.cancel();
      waiting = 1;
    }
    const utterance = new SpeechSynthesisUtterance(says);
    utterance.lang = document.documentElement.lang;
    utterance.addEventListener('end', () => {
      waiting = Math.max(0, waiting - 1);
    });
    speechSynthesis.speak(utterance);
  };
  let waiting = 0;

  button.hidden = false;
  press(localStorage.getItem(shelf) === 'on');
  button.addEventListener('click', () => {
    press(!isOn());
    localStorage.setItem(shelf, isOn() ? 'on' : 'off');
    if (isOn()) return speak();
    speechSynthesis.cancel();
    waiting = 0;
    spoken = '';
  });
  new MutationObserver(speak).observe(region, { childList: true, subtree: true });
}
