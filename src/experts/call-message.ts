import { type Instant, later } from '../kernel/clock.ts';
import type { Words } from '../kernel/words.ts';
import type { OutwardChannel, Wording } from './channel.ts';

/** `call`: when somebody is called; `reminder`: at half of the time to answer, where no answer has come; `voided`: another draw has put the call out of force. */
export const messageKinds = ['call', 'reminder', 'voided'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Which channels are tried, in this order, until one takes the message. A reminder begins with what rings. */
export const routes: Readonly<Record<MessageKind, readonly OutwardChannel[]>> = {
  call: ['e-mail', 'sms', 'voice'],
  reminder: ['voice', 'sms', 'e-mail'],
  voided: ['e-mail', 'sms', 'voice'],
};

/** What a called expert is told: place, time and specialty. Neither the tender nor anyone in it is named (XD-6). */
export interface CallFacts {
  readonly specialty: Words;
  readonly place: Words;
  readonly answerUntil: Instant;
  /** the platform's front address; the link leads to the sign-in and carries nothing that answers */
  readonly address: string;
}

const sign: Words = { zh: '【公共资源交易】', en: '[Public resource trading] ' };

/** Every sentence of a message, in one language after the other. */
export function wordingOf(kind: MessageKind, { specialty, place, answerUntil, address }: CallFacts): Wording {
  const until = beijing(answerUntil);
  const said = sentence(kind, until);
  const link = `${address}/calls`;
  const facts: readonly (readonly [Words, Words])[] = [
    [{ zh: '专业', en: 'Specialty' }, specialty],
    [
      { zh: '时间', en: 'Time' },
      { zh: '席位确认后即开始，通常为当日', en: 'as soon as the seats are taken, as a rule the same day' },
    ],
    [{ zh: '地点', en: 'Place' }, place],
    ...(kind === 'voided'
      ? []
      : ([
          [
            { zh: '答复时限', en: 'Answer by' },
            { zh: `${until}（北京时间）`, en: `${until} (Beijing time)` },
          ],
        ] as const)),
  ];
  const part = (language: 'zh' | 'en'): string =>
    [said[language], ...facts.map(([label, value]) => `${label[language]}${colon[language]}${value[language]}`), safe[language]].join('\n');
  return {
    subject: `${sign.zh}${subjects[kind].zh} · ${subjects[kind].en}`,
    text: `${part('zh')}\n${link}\n\n${part('en')}\n${link}\n`,
    html: page(subjects[kind].zh, said, facts, link),
    short: `${sign.zh}${said.zh}专业：${specialty.zh}；地点：${place.zh}。${kind === 'voided' ? '' : `请于${until}前登录平台答复。`}`,
  };
}

const colon = { zh: '：', en: ': ' } as const;
const subjects: Readonly<Record<MessageKind, Words>> = {
  call: { zh: '评标邀请', en: 'Call to a panel' },
  reminder: { zh: '评标邀请待答复', en: 'A call waits for your answer' },
  voided: { zh: '评标邀请已作废', en: 'A call is out of force' },
};
const safe: Words = {
  zh: '请登录平台答复。答复须由本人登录，链接本身不能代为答复；请勿转告他人。',
  en: 'Please sign in to answer. The link answers nothing by itself; keep this call to yourself.',
};

function sentence(kind: MessageKind, until: string): Words {
  if (kind === 'voided')
    return { zh: '此前的评标邀请已由再次抽取取代，您无须参加。', en: 'Another draw has taken the place of your call: you need not come.' };
  if (kind === 'reminder')
    return {
      zh: `您有一份评标邀请尚未答复，${until}前未答复的，视为不能参加。`,
      en: `A call to a panel still waits for your answer; after ${until} silence counts as a refusal.`,
    };
  return {
    zh: '您被随机抽取参加一次评标，逾期未答复视为不能参加。',
    en: 'You were drawn to sit on an evaluation panel; silence counts as a refusal.',
  };
}

const beijing = (at: Instant): string =>
  later(at, 8 * 3_600_000)
    .slice(5, 16)
    .replace('T', ' ');

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[mark] ?? mark);

/** No picture, no style from elsewhere: nothing in it tells anybody that it was opened. */
function page(title: string, said: Words, facts: readonly (readonly [Words, Words])[], link: string): string {
  const section = (language: 'zh' | 'en'): string =>
    `<p lang="${language}">${escaped(said[language])}</p><table>${facts
      .map(([label, value]) => `<tr><th align="left">${escaped(label[language])}</th><td>${escaped(value[language])}</td></tr>`)
      .join('')}</table><p lang="${language}">${escaped(safe[language])}<br><a href="${escaped(link)}">${escaped(link)}</a></p>`;
  return `<!doctype html><html lang="zh"><meta charset="utf-8"><title>${escaped(title)}</title><body>${section('zh')}<hr>${section('en')}</body></html>`;
}
