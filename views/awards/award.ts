import type { AwardAnswer } from '../../src/awards/answers.ts';
import { each, type Html, html, nothing, when } from '../html.ts';
import * as part from '../parts/index.ts';
import type { Texts, View } from '../view.ts';
import { cameToNothing, dutyNotice, lotFrame, paperLink, ruleCard } from './lot-frame.ts';

const say = {
  title: { zh: '中标结果', en: 'The award' },
  winner: { zh: '中标人', en: 'Winner' },
  price: { zh: '中标价', en: 'Price' },
  rank: { zh: '候选人排序', en: 'Rank' },
  reason: { zh: '定标依据', en: 'Ground of the choice' },
  first: { zh: '排名第一的中标候选人', en: 'the first-ranked candidate' },
  determinedAt: { zh: '定标时间', en: 'Determined' },
  notifiedAt: { zh: '中标通知书发出', en: 'Notified' },
  notYetNotified: { zh: '尚未发出', en: 'not yet' },
  contractUntil: { zh: '合同订立期限', en: 'Contract due by' },
  passed: { zh: '越过的候选人', en: 'Candidates passed over' },
  none: { zh: '尚未定标', en: 'Nobody has been awarded yet' },
  noneSays: {
    zh: '候选人公示期满、异议全部答复后，确定中标人，并在这里公布。',
    en: 'The winner is determined when publicity is over and objections are answered, and is announced here.',
  },
  toCandidates: { zh: '看候选人公示', en: 'See the candidates' },
  ends: { zh: '公示期结束后可定标', en: 'May be determined when publicity ends' },
  over: { zh: '公示期已满', en: 'Publicity is over' },
  buyerDecides: {
    zh: '由招标人在期限内确定中标人；逾期未定又无正当理由的，视同确定排名第一的候选人。',
    en: 'The tenderee determines the winner in time; silence without a reason counts as determining the first-ranked.',
  },
  decideBy: { zh: '确定中标人的期限', en: 'To be determined by' },
  standsStill: { zh: '有未办结事项，暂停定标', en: 'The award stands still' },
  since: { zh: '自', en: 'since' },
  settle: { zh: '去办理', en: 'Settle' },
  determine: { zh: '确定中标人', en: 'Determine the winner' },
  choose: { zh: '中标人', en: 'Winner' },
  rankN: { zh: '第{n}名', en: 'Rank {n}' },
  chooseHint: {
    zh: '应当确定排名第一的候选人。只有其放弃或依法不符合中标条件，才可依次确定下一名。',
    en: 'The first-ranked is awarded. Only when it gives up or falls away by law, the next in order.',
  },
  passedTitle: { zh: '如第{n}名不能中标', en: 'If rank {n} falls away' },
  ground: { zh: '{name}：法定理由', en: '{name}: ground' },
  noGround: { zh: '可以中标（不填）', en: 'does not fall away' },
  explanation: { zh: '事实与证明材料', en: 'Facts and proof' },
  confirmTitle: { zh: '确定中标人后不能更改', en: 'The winner cannot be changed afterwards' },
  confirmSays: {
    zh: '结果立即公布。请核对公示期、异议答复和候选人排序。',
    en: 'The result is public at once. Check the period, the answers and the order.',
  },
  notify: { zh: '发出中标通知书', en: 'Notify the award' },
  notifyTitle: { zh: '中标通知书对双方具有法律效力', en: 'The letter of award binds both sides' },
  notifySays: {
    zh: '发出后，招标人改变结果或者中标人放弃，都要承担法律责任。同时将结果通知全部投标人，评标专家名单随之公开。',
    en: 'Who changes or gives up the award afterwards answers for it. All bidders are told at the same time; the experts’ names become public.',
  },
  notifyNote: { zh: '三十日内订立书面合同，期限自发出之日起算。', en: 'The contract is due within thirty days of sending.' },
  toContract: { zh: '登记合同', en: 'Register the contract' },
  seeContract: { zh: '看合同', en: 'See the contract' },
  toReport: { zh: '提交书面报告', en: 'File the report' },
  next: { zh: '下一步', en: 'What comes next' },
  nextContract: { zh: '双方在期限内订立书面合同，由招标人登记。', en: 'Both sides sign in time; the tenderee registers the contract.' },
  nextNotify: {
    zh: '招标人发出中标通知书，并同时通知全部投标人。',
    en: 'The tenderee notifies the winner and, at the same time, all bidders.',
  },
  own: { zh: '贵单位的结果通知', en: 'Your notice of the result' },
  won: { zh: '贵单位中标', en: 'Your bid won' },
  lost: { zh: '贵单位未中标', en: 'Your bid did not win' },
  ownPrice: { zh: '贵单位报价', en: 'Your price' },
  ownRank: { zh: '名次', en: 'Rank' },
  rejectedFor: { zh: '否决原因', en: 'Rejected because' },
  letter: { zh: '中标通知书', en: 'Letter of award (PDF)' },
  ownPaper: { zh: '结果通知书', en: 'Notice (PDF)' },
  rules: { zh: '定标规则', en: 'Rules of the award' },
} satisfies Texts;

/** The award of a lot (GET /lots/:lot/award): the result, or what is still to come; for the host the next act. */
export function awardPage(view: View, data: AwardAnswer): Html {
  const { award, you } = data;
  const choosing = award === null && you.host && (data.lot.phase === 'publicity' || data.candidates.length > 0);
  return lotFrame(view, {
    lot: data.lot,
    tab: 'award',
    title: say.title,
    body: part.columns({
      main: html`${data.notice ? ownNotice(view, data, data.notice) : nothing}${
        award ? awardCard(view, data, award) : choosing ? chooseCard(view, data) : waiting(view, data)
      }`,
      right: html`${nextCard(view, data)}${ruleCard(view, say.rules, data.grounds)}`,
    }),
  });
}

function waiting(view: View, data: AwardAnswer): Html {
  const nothingCame = cameToNothing(view, data.lot);
  if (nothingCame) return nothingCame;
  const at = data.candidates.length > 0 ? { href: `/lots/${data.lot.id}/candidates`, label: say.toCandidates } : null;
  return part.card(view, {
    body: part.empty(view, {
      title: say.none,
      says: say.noneSays,
      icon: 'trophy',
      action: at ?? { href: `/lots/${data.lot.id}`, label: { zh: '看标段进展', en: 'See where the lot stands' } },
    }),
  });
}

type Award = NonNullable<AwardAnswer['award']>;

function awardCard(view: View, data: AwardAnswer, award: Award): Html {
  return part.card(view, {
    title: say.winner,
    beside: award.notifiedAt ? paperLink(view, data.lot, 'award-notice', say.letter) : nothing,
    body: part.stack(
      html`<p class="reading-name">${award.name}</p>`,
      part.money(view, { yuan: award.price, capitals: true, size: 'large' }),
      part.facts(
        view,
        [
          { label: say.rank, value: view.t(say.rankN, { n: award.rank }) },
          ...(award.passed.length === 0
            ? [{ label: say.reason, value: award.reason === say.first.zh ? view.t(say.first) : award.reason }]
            : []),
          { label: say.determinedAt, value: part.time(view, award.determinedAt) },
          { label: say.notifiedAt, value: award.notifiedAt ? part.time(view, award.notifiedAt) : view.t(say.notYetNotified) },
          ...(award.contractUntil ? [{ label: say.contractUntil, value: part.time(view, award.contractUntil) }] : []),
        ],
        'wide',
      ),
      when(award.passed.length > 0, () => passedList(view, award)),
    ),
    ...(data.you.mayNotify ? { foot: notifyForm(view, data) } : {}),
  });
}

function passedList(view: View, award: Award): Html {
  return html`<h3>${view.t(say.passed)}</h3><ul class="plain">${each(
    award.passed,
    (over) =>
      html`<li>${view.t(say.rankN, { n: over.rank })} ${over.name}${part.colon(view)}${view.t(over.ground)}<br><span class="sub">${over.explanation}</span></li>`,
  )}</ul>`;
}

function chooseCard(view: View, data: AwardAnswer): Html {
  const over = data.publicityUntil !== null && view.now >= data.publicityUntil;
  if (!over && data.publicityUntil)
    return part.card(view, {
      title: say.determine,
      now: true,
      body: part.stack(
        part.countdown(view, { until: data.publicityUntil, label: say.ends, over: say.over, reload: true, size: 'large' }),
        holdNotices(view, data),
      ),
    });
  if (data.holds.length > 0)
    return part.card(view, {
      title: say.standsStill,
      body: holdNotices(view, data),
    });
  if (!data.you.mayDetermine)
    return part.card(view, {
      title: say.determine,
      body: html`${data.duty ? dutyNotice(view, data.duty, false) : nothing}<p>${view.t(say.buyerDecides)}</p>`,
    });
  return part.card(view, {
    title: say.determine,
    now: true,
    beside: data.duty ? part.countdown(view, { until: data.duty.due, label: say.decideBy }) : nothing,
    body: part.form(view, {
      action: `/lots/${data.lot.id}/award`,
      submit: say.determine,
      icon: 'trophy',
      fields: html`${winnerField(view, data)}${passedFields(view, data)}`,
      confirm: { title: say.confirmTitle, says: say.confirmSays },
    }),
  });
}

/** What the tender waits for, and the way to settle it. */
function holdNotices(view: View, { holds }: AwardAnswer): Html {
  const [first] = holds;
  if (first === undefined) return nothing;
  const notices = each(holds, ({ says, since }) =>
    part.notice(view, 'refused', html`${view.t(says)} <span class="sub">${view.t(say.since)} ${part.time(view, since)}</span>`),
  );
  return html`${notices}<div class="form-actions">${part.linkButton(view, { href: first.href, label: say.settle, tone: 'primary' })}</div>`;
}

function winnerField(view: View, { candidates, grounds }: AwardAnswer): Html {
  const order = grounds.find((each) => each.rule === 'AWARD-1');
  return part.field(view, {
    kind: 'radio',
    name: 'winner',
    label: say.choose,
    required: true,
    value: candidates[0]?.submission ?? null,
    hint: say.chooseHint,
    ...(order ? { ground: { rule: order.rule, source: order.source } } : {}),
    choices: candidates.map((each) => ({
      value: each.submission,
      label: `${view.t(say.rankN, { n: each.rank })} · ${each.name} · ${part.amountText(each.price)}`,
    })),
  });
}

/** A ground for everyone ranked better than the last: who is passed over is passed over by name. */
function passedFields(view: View, { candidates, choices }: AwardAnswer): Html {
  return each(candidates.slice(0, -1), (candidate, at) => {
    const { name, rank } = candidate;
    const named = (words: { zh: string; en: string }) => ({ zh: words.zh.replace('{name}', name), en: words.en.replace('{name}', name) });
    return html`${part.hidden(`passed[${at}][candidate]`, candidate.submission)}${part.field(view, {
      kind: 'select',
      name: `passed[${at}][ground]`,
      label: { zh: `如第${rank}名不能中标：理由`, en: `If rank ${rank} falls away: the ground` },
      hint: named({ zh: '{name}', en: '{name}' }),
      empty: say.noGround,
      choices,
      half: true,
    })}${part.field(view, {
      kind: 'text',
      name: `passed[${at}][explanation]`,
      label: { zh: `第${rank}名：事实与证明材料`, en: `Rank ${rank}: facts and proof` },
      maxlength: 2000,
      half: true,
    })}`;
  });
}

function notifyForm(view: View, data: AwardAnswer): Html {
  return part.form(view, {
    action: `/lots/${data.lot.id}/award/notice`,
    submit: say.notify,
    icon: 'send',
    note: say.notifyNote,
    confirm: { title: say.notifyTitle, says: say.notifySays },
  });
}

function ownNotice(view: View, data: AwardAnswer, notice: NonNullable<AwardAnswer['notice']>): Html {
  return part.card(view, {
    title: say.own,
    now: notice.won,
    beside: part.pill(view, notice.won ? 'now' : 'plain', notice.won ? say.won : say.lost),
    ...(notice.won ? {} : { foot: paperLink(view, data.lot, 'result-notice', say.ownPaper) }),
    body: part.facts(
      view,
      [
        { label: say.ownPrice, value: notice.price ? part.figure(notice.price) : '—' },
        ...(notice.rank ? [{ label: say.ownRank, value: view.t(say.rankN, { n: notice.rank }) }] : []),
        ...(notice.total ? [{ label: data.totalLabel, value: notice.total }] : []),
        ...(notice.rejectedFor ? [{ label: say.rejectedFor, value: view.t(notice.rejectedFor) }] : []),
      ],
      'wide',
    ),
  });
}

function nextCard(view: View, data: AwardAnswer): Html {
  const { award, you, lot } = data;
  if (award === null) return nothing;
  if (!award.notifiedAt)
    return you.mayNotify ? nothing : part.card(view, { title: say.next, body: html`<p>${view.t(say.nextNotify)}</p>` });
  const done = lot.phase === 'contracted';
  return part.card(view, {
    title: say.next,
    body: html`${done ? nothing : html`<p>${view.t(say.nextContract)}</p>${award.contractUntil ? part.countdown(view, { until: award.contractUntil, label: say.contractUntil }) : nothing}`}<div class="form-actions">${part.linkButton(
      view,
      {
        href: `/lots/${lot.id}/contract`,
        label: you.host && !done ? say.toContract : say.seeContract,
        ...(you.host && !done ? { tone: 'primary' as const } : {}),
      },
    )}${you.host && lot.report ? part.linkButton(view, { href: `/lots/${lot.id}/report`, label: say.toReport }) : nothing}</div>`,
  });
}
