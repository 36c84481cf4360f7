import type { CeremonyShown, CeremonyState } from '../../src/openings/ceremony-reads.ts';
import { attribute, each, type Html, html, nothing } from '../html.ts';
import { layout } from '../layout.ts';
import { markTemplates } from '../openness/mark-templates.ts';
import * as part from '../parts/index.ts';
import type { Texts, View, Words } from '../view.ts';

const say = {
  title: { zh: '密钥仪式', en: 'Key ceremonies' },
  below: {
    zh: '几家机构各自在本机生成密钥的一份，合成开标委员会的公钥。完整的密钥从不存在；平台只转交消息，写不了也改不了任何一条。',
    en: 'Several institutions each make their part of a key on their own machines; together they give a council’s public key. The whole key never exists anywhere; the platform carries messages and can write or change none.',
  },
  none: { zh: '还没有举行过密钥仪式', en: 'No key ceremony has been held yet' },
  noneSays: { zh: '管理员召集后，各托管机构在这里完成。', en: 'An administrator calls one; the trustee institutions hold it here.' },
  council: { zh: '委员会', en: 'Council' },
  trustees: { zh: '托管机构', en: 'Trustees' },
  threshold: { zh: '开启门限', en: 'Opens with' },
  of: { zh: '{trustees} 位中的任意 {threshold} 位', en: 'any {threshold} of {trustees}' },
  called: { zh: '召集时间', en: 'Called' },
  state: { zh: '状态', en: 'State' },
  call: { zh: '召集密钥仪式', en: 'Call a ceremony' },
  name: { zh: '委员会名称', en: 'Name of the council' },
  thresholdField: { zh: '开启所需机构数', en: 'How many are needed to open' },
  thresholdHint: { zh: '须超过半数。', en: 'More than half of them.' },
  who: { zh: '托管机构（2 至 9 家）', en: 'Trustee institutions (2 to 9)' },
  whoHint: {
    zh: '应当互不隶属、利益不同。彼此串通达到门限时可以提前开启，这是协议划定的界线。',
    en: 'They should be independent, with different interests: as many as the threshold could together open early. That is the line the protocol draws.',
  },
  few: { zh: '登记的托管机构不足两家。', en: 'Fewer than two trustee institutions are registered.' },
  progress: { zh: '各方进度', en: 'How far each has come' },
  place: { zh: '序', en: 'No.' },
  institution: { zh: '机构', en: 'Institution' },
  done: { zh: '已完成', en: 'done' },
  waits: { zh: '等待', en: 'awaited' },
  rest: { zh: '未到', en: 'not yet' },
  code: { zh: '核对码', en: 'Comparison code' },
  codeSays: {
    zh: '确认前各方在电话里互相念出。平台若给不同的机构出示了不同的消息，各方算出的核对码就不同。以您自己电脑算出的为准。',
    en: 'Trustees read it to each other by telephone before they confirm. Had the platform shown them different messages, their codes would differ. What counts is the code that your own machine computes.',
  },
  transcript: { zh: '公开记录', en: 'Public transcript' },
  transcriptSays: {
    zh: '任何人可下载并用 yangguang verify 复核：每条消息的签名、顺序和由此得出的公钥。',
    en: 'Anybody may download it and recheck it with yangguang verify: every signature, the order, and the key that follows.',
  },
  download: { zh: '下载记录（JSON）', en: 'Download (JSON)' },
  culprit: { zh: '第 {place} 席的份额不成立，由公开记录可证', en: 'The doing of trustee {place}, as the public transcript proves' },
  failed: {
    zh: '仪式因投诉终止，没有产生密钥。请重新召集，可以不含该机构。',
    en: 'A complaint ended it; no key came of it. Call a new one, without that institution if need be.',
  },
  abandoned: { zh: '仪式被终止，没有产生密钥。', en: 'It was abandoned; no key came of it.' },
  formed: { zh: '委员会已成立，此后发布的标段密封给它。', en: 'The council is formed; lots published from now on are sealed to it.' },
  see: { zh: '查看委员会', en: 'See the council' },
  end: { zh: '终止仪式', en: 'Abandon the ceremony' },
  endSays: {
    zh: '有机构离开或不再响应时终止，再重新召集。已交换的内容全部作废。',
    en: 'When a trustee has left or no longer answers. Everything exchanged becomes void; call a new one.',
  },
  reason: { zh: '事由', en: 'Reason' },
} satisfies Texts;

const states: Readonly<Record<CeremonyState, { readonly tone: part.Tone; readonly says: Words }>> = {
  open: { tone: 'now', says: { zh: '进行中', en: 'under way' } },
  formed: { tone: 'verified', says: { zh: '已产生委员会', en: 'council formed' } },
  failed: { tone: 'refused', says: { zh: '因投诉终止', en: 'ended by a complaint' } },
  abandoned: { tone: 'plain', says: { zh: '已终止', en: 'abandoned' } },
};

/** What each round is, for people. */
const rounds = [
  { kind: 'hash', says: { zh: '公布哈希', en: 'hash' } },
  { kind: 'package', says: { zh: '公布文件', en: 'package' } },
  { kind: 'shares', says: { zh: '分发份额', en: 'shares' } },
  { kind: 'confirmation', says: { zh: '确认', en: 'confirmation' } },
] as const;

/** Every ceremony there has been, and for an administrator the call of the next. */
export function ceremoniesPage(
  view: View,
  ceremonies: readonly CeremonyShown[],
  institutions: readonly { readonly code: string; readonly name: string }[] | null,
): Html {
  const list = part.card(view, {
    flush: true,
    body: part.table(view, {
      caption: say.title,
      columns: [
        { label: say.council, cell: ({ call }) => html`<a href="/ceremonies/${call.id}">${call.name}</a>`, phone: 'head' },
        {
          label: say.threshold,
          cell: ({ call }) => view.t(say.of, { threshold: call.threshold, trustees: call.trustees.length }),
        },
        { label: say.called, cell: ({ calledAt }) => part.time(view, calledAt) },
        { label: say.state, cell: ({ state }) => part.pill(view, states[state].tone, states[state].says) },
      ],
      rows: ceremonies,
      empty: part.empty(view, { title: say.none, says: say.noneSays, icon: 'key' }),
    }),
  });
  const trustee = view.me?.role === 'trustee';
  const beside = institutions !== null ? callCard(view, institutions) : trustee ? passphraseCard(view) : null;
  return layout(view, {
    title: view.t(say.title),
    scripts: trustee ? ['passphrase.js'] : [],
    main: html`${part.pageHead(view, { title: say.title, below: view.t(say.below) })}${
      beside === null ? list : part.columns({ main: list, right: beside })
    }${trustee ? markTemplates(view) : nothing}`,
  });
}

const callCard = (view: View, institutions: readonly { readonly code: string; readonly name: string }[]): Html =>
  part.card(view, {
    title: say.call,
    body:
      institutions.length < 2
        ? html`<p>${view.t(say.few)}</p>`
        : part.form(view, {
            action: '/ceremonies',
            submit: say.call,
            icon: 'key',
            fields: html`${part.field(view, { kind: 'text', name: 'name', label: say.name, required: true, maxlength: 100 })}
<fieldset class="field"><legend class="field-label">${view.t(say.who)}</legend>${each(
              institutions,
              ({ code, name }, at) =>
                html`<label class="form-check"><input class="form-check-input" type="checkbox" name="trustees" value="${code}" id="trustee-${at}"${attribute('checked', true)}><span class="form-check-label">${name}</span></label>`,
            )}<p class="field-hint">${view.t(say.whoHint)}</p></fieldset>
${part.field(view, { kind: 'number', name: 'threshold', label: say.thresholdField, hint: say.thresholdHint, required: true, min: 2, max: 9, value: Math.floor(institutions.length / 2) + 1 })}`,
          }),
  });

/** One ceremony: who has said what, the trustee's own desk, and what can be rechecked. */
export function ceremonyPage(view: View, ceremony: CeremonyShown): Html {
  const { call, state } = ceremony;
  return layout(view, {
    title: call.name,
    scripts: state !== 'open' ? [] : ceremony.own === null ? ['live.js'] : ['live.js', 'ceremony.js'],
    main: html`${part.pageHead(view, {
      title: call.name,
      below: view.t(say.below),
      beside: part.pill(view, states[state].tone, states[state].says),
    })}<div class="stack">
${outcomeNotice(view, ceremony)}
${ceremony.own === null ? nothing : ceremonyDesk(view, ceremony, ceremony.own)}
${part.live('ceremony', html`<div class="stack">${progressCard(view, ceremony)}${ceremony.code === null ? nothing : codeCard(view, ceremony.code)}</div>`)}
${part.card(view, {
  title: say.transcript,
  body: html`<div class="stack"><p>${view.t(say.transcriptSays)}</p><p><a class="btn" href="/api/ceremonies/${call.id}/transcript" download="ceremony-${call.id}.json">${part.icon(view, 'download')}<span>${view.t(say.download)}</span></a></p>${ceremony.digest === null ? nothing : part.hash(view, ceremony.digest)}</div>`,
})}
${view.me?.role === 'administrator' && state === 'open' ? endCard(view, call.id) : nothing}</div>${markTemplates(view)}`,
  });
}

function outcomeNotice(view: View, { state, culprit, reason, call }: CeremonyShown): Html {
  if (state === 'open') return nothing;
  if (state === 'formed')
    return part.notice(view, 'plain', html`${view.t(say.formed)} <a href="/councils#${call.id}">${view.t(say.see)}</a>`);
  if (state === 'abandoned') return part.notice(view, 'plain', html`${view.t(say.abandoned)} ${reason ?? ''}`);
  const name = call.trustees.find(({ index }) => index === culprit)?.name ?? '';
  return part.notice(
    view,
    'refused',
    html`${name}${part.colon(view)}${view.t(say.culprit, { place: culprit ?? 0 })}${view.t({ zh: '。', en: '. ' })}${view.t(say.failed)}`,
  );
}

const progressCard = (view: View, { call, said, round, waitingFor }: CeremonyShown): Html =>
  part.card(view, {
    title: say.progress,
    flush: true,
    body: part.table(view, {
      caption: say.progress,
      columns: [
        { label: say.place, cell: ({ index }) => index, phone: 'hide' },
        { label: say.institution, cell: ({ name }) => name, phone: 'head' },
        ...rounds.map(
          (each): part.Column<CeremonyShown['call']['trustees'][number]> => ({
            label: each.says,
            cell: ({ index }) => {
              const done = said.find(
                (message) =>
                  message.index === index && (message.kind === each.kind || (each.kind === 'confirmation' && message.kind === 'complaint')),
              );
              if (done)
                return html`${part.pill(view, done.kind === 'complaint' ? 'refused' : 'verified', say.done)} ${part.time(view, done.at)}`;
              return round === each.kind && waitingFor.includes(index)
                ? part.pill(view, 'wait', say.waits)
                : html`<span class="sub">${view.t(say.rest)}</span>`;
            },
          }),
        ),
      ],
      rows: call.trustees,
      empty: nothing,
    }),
  });

const codeCard = (view: View, code: string): Html =>
  part.card(view, {
    title: say.code,
    body: html`<div class="stack"><p class="ceremony-code">${code}</p><p class="sub">${view.t(say.codeSays)}</p></div>`,
  });

const endCard = (view: View, id: string): Html =>
  part.card(view, {
    title: say.end,
    body: html`<div class="stack"><p class="sub">${view.t(say.endSays)}</p>${part.form(view, {
      action: `/ceremonies/${id}/end`,
      submit: say.end,
      icon: 'circle-x',
      tone: 'danger',
      fields: part.field(view, { kind: 'textarea', name: 'reason', label: say.reason, required: true, rows: 2, maxlength: 500 }),
    })}</div>`,
  });

const change = {
  title: { zh: '更换密钥文件口令', en: 'Another passphrase for a key file' },
  says: {
    zh: '在本浏览器内重新加密，得到一份新文件；旧文件和旧口令仍能打开，请自行销毁。托管程序的口令文件也要一并更换。',
    en: 'Sealed anew in this browser, as a new file. The old file still opens with the old passphrase: destroy it. Change the program’s passphrase file too.',
  },
  file: { zh: '密钥文件', en: 'Key file' },
  old: { zh: '现在的口令', en: 'Present passphrase' },
  next: { zh: '新口令（至少 12 个字符）', en: 'New passphrase (at least 12 characters)' },
  again: { zh: '再输一次', en: 'Once more' },
  go: { zh: '更换并下载', en: 'Change and download' },
} satisfies Texts;

/** `src/browser/passphrase-entry.ts` makes it work; nothing of it reaches the platform. */
const passphraseCard = (view: View): Html =>
  part.card(view, {
    title: change.title,
    id: 'passphrase',
    body: html`<div class="stack" data-passphrase><p class="sub">${view.t(change.says)}</p>
<div class="fields">
<div class="field"><label class="field-label" for="change-file">${view.t(change.file)}</label><input class="form-control" type="file" id="change-file" accept=".age"></div>
<div class="field"><label class="field-label" for="change-old">${view.t(change.old)}</label><input class="form-control" type="password" id="change-old" autocomplete="off"></div>
<div class="field"><label class="field-label" for="change-next">${view.t(change.next)}</label><input class="form-control" type="password" id="change-next" autocomplete="new-password" minlength="12"></div>
<div class="field"><label class="field-label" for="change-again">${view.t(change.again)}</label><input class="form-control" type="password" id="change-again" autocomplete="new-password"></div>
</div>
<div class="form-actions"><button class="btn btn-primary needs-script" type="button" data-passphrase-go>${part.icon(view, 'key')}<span>${view.t(change.go)}</span></button></div>
<ul class="plain checks" data-passphrase-said aria-live="polite" aria-label="${view.t(change.title)}"></ul></div>`,
  });

const desk = {
  title: { zh: '本机构席位', en: 'Your place' },
  below: {
    zh: '全部计算在本浏览器内完成。页面关闭后可凭口令继续；密钥、口令从不发送。',
    en: 'All of it is computed in this browser. You can go on after closing the page, with the passphrase; key and passphrase are never sent.',
  },
  passphrase: { zh: '密钥文件口令（至少 12 个字符）', en: 'Passphrase of the key file (at least 12 characters)' },
  passphraseHint: {
    zh: '保护您这一份密钥，请另行保管；忘记口令，这一份就丢失了。',
    en: 'It guards your part of the key; keep it elsewhere. A forgotten passphrase is a lost part.',
  },
  again: { zh: '再输一次', en: 'Once more' },
  program: { zh: '托管程序名称', en: 'Name of your program' },
  programHint: {
    zh: '联署日志时使用，一个名称永远属于一把密钥。',
    en: 'Under which it cosigns the journal; a name belongs to one key for ever.',
  },
  anchors: { zh: '信任的根证书（PEM，可选）', en: 'Root certificates you trust (PEM, optional)' },
  anchorsHint: {
    zh: '由您所在机构保管。不选时采用记录中所附的，仅适合演示。',
    en: 'Kept by your institution. Without it those in the transcript are taken, which is good enough for a demonstration only.',
  },
  start: { zh: '参加仪式', en: 'Take part' },
  log: { zh: '经过', en: 'What happened' },
  codeTitle: { zh: '本机算得的核对码', en: 'The code your machine computed' },
  keep: { zh: '保存三个文件', en: 'Keep three files' },
  keepSays: {
    zh: '密钥文件、见证密钥和信任文件放在托管程序的同一文件夹；另存一份到别处。',
    en: 'Key file, witness key and trust file go into the folder of your custodian’s program; keep a copy elsewhere.',
  },
  prove: { zh: '重新打开密钥文件，证明已经保存', en: 'Open the key file again, to prove that it is kept' },
  compared: { zh: '已与其他各方核对，核对码一致', en: 'I have compared the code with all others: it is the same' },
  confirm: { zh: '确认', en: 'Confirm' },
  script: { zh: '仪式在浏览器内完成，需要启用脚本。', en: 'The ceremony runs in the browser and needs scripts.' },
} satisfies Texts;

/** What is kept at the end, under the names that the custodian's program looks for. */
const keptFiles = [
  { file: 'trustee-key.age', says: { zh: '密钥文件', en: 'Key file' } },
  { file: 'witness.key', says: { zh: '见证密钥', en: 'Witness key' } },
  { file: 'trust.json', says: { zh: '信任文件', en: 'Trust file' } },
] as const;

/** The trustee's side; `src/browser/ceremony-entry.ts` makes it work. */
const ceremonyDesk = (view: View, { call, state }: CeremonyShown, own: number): Html =>
  part.card(view, {
    title: desk.title,
    now: state === 'open',
    body: html`<div class="stack" data-ceremony="${call.id}" data-index="${String(own)}" data-csrf="${view.csrf}" data-state="${state}">
<noscript>${part.notice(view, 'now', desk.script)}</noscript>
<p class="sub">${view.t(desk.below)}</p>
<div class="fields" data-ceremony-start>
<div class="field field-half"><label class="field-label" for="ceremony-passphrase">${view.t(desk.passphrase)}</label><input class="form-control" type="password" id="ceremony-passphrase" autocomplete="new-password" minlength="12"><p class="field-hint">${view.t(desk.passphraseHint)}</p></div>
<div class="field field-half" data-ceremony-new><label class="field-label" for="ceremony-again">${view.t(desk.again)}</label><input class="form-control" type="password" id="ceremony-again" autocomplete="new-password"></div>
<div class="field field-half" data-ceremony-new><label class="field-label" for="ceremony-program">${view.t(desk.program)}</label><input class="form-control" type="text" id="ceremony-program" maxlength="100" value="trustee-${String(own)}.${call.id.slice(-12)}"><p class="field-hint">${view.t(desk.programHint)}</p></div>
<div class="field field-half"><label class="field-label" for="ceremony-anchors">${view.t(desk.anchors)}</label><input class="form-control" type="file" id="ceremony-anchors" accept=".pem,.crt"><p class="field-hint">${view.t(desk.anchorsHint)}</p></div>
${part.signerPart(view, { holder: call.trustees.find(({ index }) => index === own)?.code ?? '' })}
<div class="form-actions"><button class="btn btn-primary needs-script" type="button" data-ceremony-go>${part.icon(view, 'key')}<span>${view.t(desk.start)}</span></button></div>
</div>
<ul class="plain checks" data-ceremony-log aria-live="polite" aria-label="${view.t(desk.log)}"></ul>
<div class="stack" data-ceremony-made hidden>
<p class="field-label">${view.t(desk.codeTitle)}</p><p class="ceremony-code" data-ceremony-code></p>
<p class="field-label">${view.t(desk.keep)}</p><p class="sub">${view.t(desk.keepSays)}</p>
<div class="form-actions">${each(keptFiles, ({ file, says }) => html`<button class="btn" type="button" data-ceremony-file="${file}">${part.icon(view, 'download')}<span>${view.t(says)}</span></button>`)}</div>
<div class="field"><label class="field-label" for="ceremony-proof">${view.t(desk.prove)}</label><input class="form-control" type="file" id="ceremony-proof" accept=".age"></div>
<label class="form-check" data-ceremony-compare><input class="form-check-input" type="checkbox" id="ceremony-compared"><span class="form-check-label">${view.t(desk.compared)}</span></label>
<div class="form-actions"><button class="btn btn-primary" type="button" data-ceremony-confirm disabled>${part.icon(view, 'check')}<span>${view.t(desk.confirm)}</span></button></div>
</div></div>`,
  });
