import { z } from 'zod';
import { ceremoniesPage, ceremonyPage } from '../../views/openings/ceremonies.ts';
import type { View } from '../../views/view.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import type { SealedShare } from '../sealing/ceremony-member.ts';
import { ceremonyTranscriptShape } from '../sealing/ceremony-messages.ts';
import { abandonCeremony, abandonFields } from './abandon-ceremony.ts';
import { type CeremonyShown, ceremoniesOf, ceremonyOf, sharesFor, transcriptOf, trusteeInstitutions } from './ceremony-reads.ts';
import { ceremonyFields, openCeremony } from './open-ceremony.ts';
import { speakInCeremony, spokenFields } from './speak-in-ceremony.ts';

const none = z.object({});
const one = z.object({ ceremony: idField });
const toOne = (_answer: unknown, { params }: { params: { ceremony: string } }) => `/ceremonies/${params.ceremony}`;

endpoint({
  name: 'ceremonies',
  method: 'get',
  path: '/ceremonies',
  says: { zh: '密钥仪式：开标委员会的密钥如何产生', en: 'Key ceremonies: how the keys of opening councils are made' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.object({
    ceremonies: z.array(z.custom<CeremonyShown>()),
    institutions: z.array(z.object({ code: z.string(), name: z.string() })).nullable(),
  }),
  handle: async ({ em, by }) => ({
    ceremonies: [...(await ceremoniesOf(em, by))],
    institutions: by.role === 'administrator' ? [...(await trusteeInstitutions(em))] : null,
  }),
  page: (answer, view: View) => ceremoniesPage(view, answer.ceremonies, answer.institutions),
});

endpoint({
  name: 'open-ceremony',
  method: 'post',
  path: '/ceremonies',
  says: openCeremony.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: ceremonyFields,
  answer: z.object({ ceremony: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(openCeremony, body)).result,
  goTo: (answer) => `/ceremonies/${answer.ceremony}`,
  form: () => '/ceremonies',
});

endpoint({
  name: 'ceremony',
  method: 'get',
  path: '/ceremonies/:ceremony',
  says: { zh: '一次密钥仪式', en: 'One key ceremony as it stands' },
  by: 'anyone',
  params: one,
  query: none,
  body: none,
  answer: z.custom<CeremonyShown>(),
  handle: ({ em, by }, { params }) => ceremonyOf(em, by, params.ceremony),
  page: ((answer: CeremonyShown, view: View) => ceremonyPage(view, answer)) as never,
});

endpoint({
  name: 'ceremony-transcript',
  method: 'get',
  path: '/ceremonies/:ceremony/transcript',
  says: { zh: '密钥仪式记录：全部签名消息', en: 'The transcript of a key ceremony: every signed message' },
  by: 'anyone',
  params: one,
  query: none,
  body: none,
  apiOnly: true,
  answer: ceremonyTranscriptShape,
  handle: ({ em }, { params }) => transcriptOf(em, params.ceremony),
});

endpoint({
  name: 'ceremony-shares',
  method: 'get',
  path: '/ceremonies/:ceremony/shares',
  says: { zh: '转交给本机构的密封份额', en: 'The sealed shares dealt to one’s own institution' },
  by: ['trustee'],
  params: one,
  query: none,
  body: none,
  apiOnly: true,
  answer: z.object({ shares: z.array(z.custom<SealedShare>()) }),
  handle: async ({ em, by }, { params }) => ({ shares: [...(await sharesFor(em, by, params.ceremony))] }),
});

endpoint({
  name: 'speak-in-ceremony',
  method: 'post',
  path: '/ceremonies/:ceremony/messages',
  says: speakInCeremony.says,
  by: ['trustee'],
  params: one,
  query: none,
  body: spokenFields,
  apiOnly: true,
  answer: z.object({ ceremony: z.string(), outcome: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(speakInCeremony, { ...body, ceremony: params.ceremony })).result,
});

endpoint({
  name: 'abandon-ceremony',
  method: 'post',
  path: '/ceremonies/:ceremony/end',
  says: abandonCeremony.says,
  by: ['administrator'],
  params: one,
  query: none,
  body: abandonFields,
  answer: z.object({ ceremony: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(abandonCeremony, { ...body, ceremony: params.ceremony })).result,
  goTo: toOne,
  form: ({ params }) => `/ceremonies/${params.ceremony}`,
});
