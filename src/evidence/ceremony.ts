import { canonical } from '../kernel/bytes.ts';
import { fill, type Words } from '../kernel/words.ts';
import { saidOf, transcriptDigest } from '../sealing/ceremony-messages.ts';
import { verifyCeremony } from '../sealing/ceremony-verify.ts';
import type { Certificate } from '../sealing/certificate.ts';
import type { Council } from '../sealing/council.ts';
import type { Checklist } from './checks.ts';

/** What `council.formed` says of a council, as far as its ceremony bears it out. */
interface Formed {
  readonly witnesses: readonly string[];
  readonly ceremony?: string | undefined;
}

const says: Words = {
  zh: '密钥仪式记录成立：每位托管人签名确认了正是这个委员会和这些见证人',
  en: 'The key ceremony holds: every trustee signed this very council and these witnesses',
};

/**
 * A council born in a ceremony comes with its transcript, and follows from it; a council made in one process says so, because that process saw every share.
 * `transcript` is the bundle's `ceremony.json`, undefined when there is none.
 */
export async function checkCeremony(
  transcript: unknown,
  formed: Formed,
  council: Council,
  anchors: readonly Certificate[],
  list: Checklist,
): Promise<void> {
  list.that(
    { zh: '有密钥仪式的委员会附有仪式记录', en: 'A council that names a ceremony comes with its transcript' },
    (formed.ceremony === undefined) === (transcript === undefined),
  );
  if (transcript === undefined) {
    list.note({
      zh: '委员会的密钥是在一个程序内生成的（演示环境）：该程序见过每一份。',
      en: 'The council’s key was made in one process (a sandbox): that process saw every share.',
    });
    return;
  }
  const verdict = await verifyCeremony(transcript, anchors);
  list.that(says, verdict.ok, verdict.ok ? undefined : verdict.problem.title);
  const { outcome, statements, transcript: read } = verdict;
  const witnesses = saidOf(statements, 'hash').map(({ witness }) => witness);
  list.that(
    says,
    outcome.kind === 'formed' &&
      canonical(outcome.council) === canonical(council) &&
      transcriptDigest(read.call, statements, 'confirmation') === formed.ceremony &&
      canonical(witnesses) === canonical(formed.witnesses),
  );
}

/** A transcript by itself: held as it must be, and what came of it. */
export async function checkCeremonyFile(value: Record<string, unknown>, list: Checklist): Promise<void> {
  const verdict = await verifyCeremony(value);
  const held: Words = {
    zh: '每条消息由其机构签名、各在其轮、所见与他人相同',
    en: 'Each message is signed by its institution, in its turn, over what all others saw',
  };
  list.that(held, verdict.ok, verdict.ok ? undefined : verdict.problem.title);
  const { outcome, transcript } = verdict;
  if (outcome.kind === 'formed') {
    list.that({ zh: '全部成员确认了由各方文件算得的委员会', en: 'Every trustee confirmed the council that the packages give' }, true);
    list.note(fill({ zh: '委员会公钥：{key}', en: "The council's key: {key}" }, { key: outcome.council.groupKey }));
  } else if (outcome.kind === 'failed') {
    const name = transcript.call.trustees.find(({ index }) => index === outcome.culprit)?.name ?? '';
    list.note(
      fill(
        {
          zh: '没有产生密钥：投诉成立，是第 {place} 席（{name}）的行为',
          en: 'No key came of it: by the complaint it was the doing of trustee {place} ({name})',
        },
        { place: outcome.culprit, name },
      ),
    );
  } else {
    list.note({ zh: '仪式没有完成，没有产生密钥。', en: 'It was not completed; no key came of it.' });
  }
  list.note({
    zh: '签名证书的根取自文件本身，请与各机构的根证书核对。',
    en: 'The roots of the signers’ certificates are the file’s own word; compare them with the institutions’.',
  });
}
