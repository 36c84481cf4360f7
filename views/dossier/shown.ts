import type { ShownDossierAnswer } from '../../src/dossier/answers.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { standingPills, versionFacts } from './parts.ts';

const say = {
  title: { zh: '公开的资质与业绩', en: 'Licences and achievements it shows' },
  below: {
    zh: '由单位自行公开，并以证书签名确认真实。',
    en: 'Shown by the organisation itself, which vouches for it with its certificate.',
  },
  looked: { zh: '单位档案（留痕查看）', en: 'Dossier (on record)' },
  lookedBelow: {
    zh: '本次查看已记录并告知该单位；本页十五分钟内有效。',
    en: 'This look is on record and told to its owner; the page lasts fifteen minutes.',
  },
  none: { zh: '没有公开的档案', en: 'Nothing is shown' },
  noneSays: { zh: '公开与否由单位自己决定。', en: 'Whether anything is, the organisation decides.' },
  look: { zh: '查看全部档案', en: 'Look at the whole dossier' },
  lookSays: { zh: '查看人、理由和时间记入日志，并告知该单位。', en: 'Who, why and when is journalled and told to the organisation.' },
  ground: { zh: '查看理由', en: 'Why you look' },
} satisfies Texts;

/** A dossier as others see it: what is public, or what a supervisor's look opened. */
export function shownDossierPage(view: View, data: ShownDossierAnswer): Html {
  const { organisation, look } = data;
  const path = `/organisations/${organisation.code}`;
  const cards = data.entries.map((each) =>
    part.card(view, {
      title: each.title,
      beside: html`${view.t(each.kindTitle)} ${standingPills(view, { ...each, publishedAt: null })}`,
      body: versionFacts(view, each, look ? (sha256) => `${path}/dossier/looks/${look}/${each.entry}/${sha256}` : null),
    }),
  );
  const none = part.card(view, { body: part.empty(view, { title: say.none, says: say.noneSays, icon: 'files' }) });
  return layout(view, {
    title: `${organisation.name} · ${view.t(look ? say.looked : say.title)}`,
    main: html`${part.pageHead(view, {
      title: look ? say.looked : say.title,
      above: organisation.name,
      below: view.t(look ? say.lookedBelow : say.below),
      back: { href: path, label: organisation.name },
    })}<div class="stack">${cards.length > 0 ? cards : none}${data.mayLook ? lookCard(view, path) : nothing}</div>`,
  });
}

const lookCard = (view: View, path: string): Html =>
  part.card(view, {
    title: say.look,
    body: part.form(view, {
      action: `${path}/dossier/looks`,
      submit: say.look,
      icon: 'eye-exclamation',
      tone: 'plain',
      note: say.lookSays,
      fields: part.field(view, { kind: 'text', name: 'ground', label: say.ground, required: true, maxlength: 300 }),
    }),
  });
