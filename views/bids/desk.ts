import type { OwnBids } from '../../src/bids/reads.ts';
import { type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import {
  card,
  columns,
  countdown,
  empty,
  facts,
  hash,
  linkButton,
  live,
  money,
  notice,
  pageHead,
  pill,
  seal,
  steps,
} from '../parts/index.ts';
import { phaseTone } from '../tenders/phase.ts';
import type { Texts, View } from '../view.ts';
import { bidForm } from './bid-form.ts';
import { offlineStep, sealStep, submitStep, trouble, uploadStep } from './bid-steps.ts';
import { keysCard } from './keys.ts';
import { committedMark, rereadCard, submissionsCard } from './submissions.ts';

const say = {
  title: { zh: '投标台', en: 'Bid desk' },
  stand: { zh: '目前状态', en: 'Where it stands' },
  security: { zh: '缴纳投标保证金', en: 'Lodge the bid security' },
  documents: { zh: '招标文件', en: 'Tender documents' },
  collected: { zh: '本单位已获取', en: 'collected by your organisation' },
  notCollected: { zh: '本单位未获取', en: 'not collected' },
  bid: { zh: '本单位投标', en: 'Own bid' },
  none: { zh: '未递交', en: 'No bid submitted' },
  onlyUploaded: { zh: '有已上传、未递交的文件，不算投标', en: 'A file was uploaded but not submitted: that is no bid' },
  limit: { zh: '最高投标限价', en: 'Ceiling price' },
  council: { zh: '开标委员会', en: 'Opening council' },
  councilSays: {
    zh: '投标文件在本浏览器内加密，截止后须多家托管人共同才能打开；平台、代理和任何一家托管人都不能提前打开。',
    en: 'Your bid is encrypted in this browser. After the deadline several trustees together can open it; the platform, the agent or one trustee alone never can.',
  },
  secret: {
    zh: '本单位是否投标、共有几家投标，开标前任何人都看不到。',
    en: 'That you bid, and how many do, nobody sees before the opening.',
  },
  until: { zh: '投标截止', en: 'Deadline' },
  over: { zh: '投标已截止', en: 'Bidding is over' },
  way: { zh: '投标五步', en: 'Five steps' },
  fill: { zh: '填写', en: 'Fill in' },
  check: { zh: '检查', en: 'Check' },
  sealing: { zh: '签名、密封', en: 'Sign and seal' },
  upload: { zh: '上传', en: 'Upload' },
  submit: { zh: '递交，核验回执', en: 'Submit, verify the receipt' },
  fillTitle: { zh: '1 填写', en: '1 Fill in' },
  checkTitle: { zh: '2 检查', en: '2 Check' },
  checkFirst: { zh: '填写后点“检查”。', en: 'Fill in the form, then press “Check”.' },
  doubts: { zh: '我已看过上述提示，仍按现有内容投标', en: 'I have read these remarks and bid as it stands' },
  script: {
    zh: '签名和加密都在您的浏览器内完成，平台收到的只是密文，因此本页需要启用脚本。',
    en: 'Signing and sealing happen in your browser; the platform only ever receives ciphertext. This page needs scripts.',
  },
  collectFirst: { zh: '请先获取招标文件', en: 'Collect the tender documents first' },
  collectSays: {
    zh: '未获取招标文件的单位不能投标。获取是免费的，并且只有本单位知道。',
    en: 'Only those who collected the documents may bid. It is free, and nobody else learns of it.',
  },
  collect: { zh: '去获取招标文件', en: 'Collect the documents' },
  closedTitle: { zh: '现在不能递交', en: 'Nothing can be submitted now' },
  closedSays: {
    zh: '投标截止时间已到，不能再递交、替换或撤回。已递交的投标将在开标大厅公开开启。',
    en: 'The deadline has passed: nothing can be submitted, replaced or withdrawn. Submitted bids are opened in public in the hall.',
  },
  hall: { zh: '开标大厅', en: 'Opening hall' },
  otherTab: {
    zh: '本标段的投标台已在另一个标签页中打开，请在那里继续，以免两处互相覆盖。关闭那一页后刷新本页。',
    en: 'The desk of this lot is open in another tab. Go on there, so that the two do not overwrite each other; or close it and reload this page.',
  },
} satisfies Texts;

/** The bid desk of one bidder for one lot: where it stands, and the five steps of a bid, all in one page. The browser does the work. */
export function bidDeskPage(data: OwnBids, view: View): Html {
  const { lot } = data;
  return layout(view, {
    title: `${view.t(say.title)} · ${lot.name}`,
    section: '/bids',
    scripts: ['seal-bid.js'],
    main: html`${pageHead(view, {
      title: say.title,
      above: html`${lot.number} · ${lot.name}`,
      below: view.t(say.secret),
      beside: pill(view, phaseTone(lot.phase), lot.phaseTitle),
      back: { href: `/lots/${lot.id}`, label: lot.name },
    })}
<noscript>${notice(view, 'now', say.script)}</noscript>
<div data-bid-desk data-lot="${lot.id}" data-holder="${data.bidder.code}" data-csrf="${view.csrf}">
<div data-other-tab hidden>${notice(view, 'now', say.otherTab)}</div>
${columns({
  main: html`${trouble(view, 'own')}${live('own', submissionsCard(view, data), true)}${rereadCard(view)}
${inHand(data) ? wayOfABid(view, data) : closed(view, data)}`,
  left: html`${standCard(view, data)}${inHand(data) ? wayCard(view) : nothing}`,
})}</div>`,
  });
}

/** A bid can be made, or one that was committed is still on its way: then the page must be able to go on with the upload. */
const inHand = ({ maySubmit, collected, submissions }: OwnBids): boolean =>
  (maySubmit && collected) || submissions.some((each) => each.awaitedUntil !== null);

function wayOfABid(view: View, data: OwnBids): Html {
  return html`${card(view, { id: 'fill', title: say.fillTitle, body: bidForm(view, data) })}
${card(view, {
  id: 'check',
  title: say.checkTitle,
  body: html`<div data-findings aria-live="polite"><p class="sub">${view.t(say.checkFirst)}</p></div>
<label class="form-check" data-doubts hidden><input class="form-check-input" type="checkbox"><span class="form-check-label">${view.t(say.doubts)}</span></label>`,
})}
${keysCard(view, { holder: data.bidder.code, signs: true })}
${sealStep(view, data.terms)}
${offlineStep(view, data)}
${uploadStep(view)}
${submitStep(view, data)}`;
}

function closed(view: View, data: OwnBids): Html {
  const { lot, collected, maySubmit } = data;
  if (maySubmit && !collected)
    return card(view, {
      body: empty(view, {
        title: say.collectFirst,
        says: say.collectSays,
        icon: 'download',
        action: { href: `/lots/${lot.id}#documents`, label: say.collect },
      }),
    });
  const reading = data.submissions.length > 0 ? keysCard(view, { holder: data.bidder.code, signs: false }) : nothing;
  return html`${reading}${card(view, {
    body: empty(view, {
      title: say.closedTitle,
      says: say.closedSays,
      icon: 'lock',
      action: { href: `/lots/${lot.id}/hall`, label: say.hall },
    }),
  })}`;
}

function standCard(view: View, data: OwnBids): Html {
  const { lot, terms, submissions, uploads, collected } = data;
  const current = submissions.find((each) => each.status === 'current');
  const own = current?.awaitedUntil
    ? committedMark(view, current.awaitedUntil)
    : current
      ? html`<span data-marks="${current.event ?? ''}"><span data-mark="submitted">${seal(view, 'submitted', { at: current.receivedAt })}</span><span data-mark="verified" hidden>${seal(view, 'verified', { at: current.receivedAt })}</span></span>`
      : html`${view.t(say.none)}${uploads.length > 0 ? html`<div class="sub">${view.t(say.onlyUploaded)}</div>` : nothing}`;
  return card(view, {
    now: data.maySubmit,
    title: say.stand,
    body: html`${lot.deadline ? countdown(view, { until: lot.deadline, label: say.until, over: say.over, size: 'large' }) : nothing}
${live(
  'stand',
  facts(view, [
    { label: say.documents, value: view.t(collected ? say.collected : say.notCollected) },
    { label: say.bid, value: own },
    ...(terms.ceiling === null ? [] : [{ label: say.limit, value: money(view, { yuan: terms.ceiling }) }]),
    ...(lot.council === null ? [] : [{ label: say.council, value: hash(view, lot.council) }]),
  ]),
)}
<p class="sub">${view.t(say.councilSays)}</p>
<p class="sub whole-code" data-council></p>`,
    foot: html`${linkButton(view, { href: `/lots/${lot.id}#documents`, label: say.documents, icon: 'file-text', small: true })} ${terms.lodging ? linkButton(view, { href: `/lots/${lot.id}/security`, label: say.security, small: true }) : nothing}`,
  });
}

function wayCard(view: View): Html {
  return card(view, {
    title: say.way,
    body: steps(
      view,
      [
        { id: 'fill', label: say.fill, state: 'now' },
        { id: 'check', label: say.check, state: 'next' },
        { id: 'seal', label: say.sealing, state: 'next' },
        { id: 'upload', label: say.upload, state: 'next' },
        { id: 'submit', label: say.submit, state: 'next' },
      ],
      say.way,
    ),
  });
}
