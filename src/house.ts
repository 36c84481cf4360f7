import type { EntityManager } from '@mikro-orm/postgresql';
import express, { type Express, type Request, type Response, type Router } from 'express';
import { problemPage } from '../views/problem.ts';
import { viewOf } from '../views/view.ts';
import { trialRouter } from './bids/trial-router.ts';
import { uploadRouter } from './bids/upload-router.ts';
import { writeBundle } from './evidence/bundle.ts';
import { usePoolLines } from './experts/admission.ts';
import { deliveryRouter } from './experts/delivery-router.ts';
import { newestCheckpoint } from './journal/reads.ts';
import { journalRouter } from './journal/routes.ts';
import { witnessStandings } from './journal/witness-reads.ts';
import type { Frame } from './kernel/act.ts';
import type { FileStore } from './kernel/files.ts';
import { capitals, parseYuan } from './kernel/money.ts';
import { lines } from './lines/index.ts';
import { linesOfThePool } from './lines/pool.ts';
import { custodianRouter } from './openings/custodian-router.ts';
import { probeRouter } from './openings/probe-router.ts';
import { clockRouter } from './openness/clock-router.ts';
import { useEvidenceWriter } from './openness/evidence-writer.ts';
import { endedElsewhere, sessionOf } from './parties/reads.ts';
import { usePeopleFigures } from './parties/settings.ts';
import { timestampRouter } from './parties/timestamp-router.ts';
import { peopleFigures } from './rulebook/people-figures.ts';
import type { Store } from './store/orm.ts';
import { useLines } from './tenders/line.ts';
import { upholdLines } from './tenders/line-contract.ts';
import { inTheWordsOf } from './tenders/vocabulary.ts';
import { vocabularyFor } from './tenders/vocabulary-reads.ts';
import { type AppOptions, createApp } from './web/app.ts';
import { downloadRouter } from './web/downloads.ts';
import { languageSwitch } from './web/language.ts';
import type { House } from './web/mount.ts';
import { apiErrors } from './web/problem.ts';
import { checkForm, visitorOf } from './web/sessions.ts';

// Rooms announce their endpoints when they are loaded.
import './parties/routes.ts';
import './rulebook/routes.ts';
import './tenders/retender-routes.ts';
import './tenders/routes.ts';
import './bids/client-routes.ts';
import './bids/complete-bid.ts';
import './bids/interest-routes.ts';
import './bids/lapse-bid.ts';
import './bids/routes.ts';
import './bids/sweep-uploads.ts';
import './bids/stamp-submissions.ts';
import './bids/record-stamps.ts';
import './openings/routes.ts';
import './dossier/routes.ts';
import './experts/routes.ts';
import './evaluation/routes.ts';
import './frameworks/routes.ts';
import './negotiations/routes.ts';
import './awards/routes.ts';
import './contracts/routes.ts';
import './challenges/routes.ts';
import './securities/routes.ts';
import './appraisal/routes.ts';
import './supervision/routes.ts';
import './openness/routes.ts';
import './papers/routes.ts';
import './archives/routes.ts';

upholdLines(lines);
useLines(lines);
usePoolLines(linesOfThePool);
useEvidenceWriter(writeBundle);
usePeopleFigures(peopleFigures());

export { frameOf } from './frame.ts';

export interface HouseOptions {
  readonly store: Store;
  readonly files: FileStore;
  readonly frame: Frame;
  readonly sandbox: boolean;
  readonly https: boolean;
  readonly proxies: number;
  readonly requestsPerMinute?: number;
  readonly assetsFolder: string;
  readonly asset: (name: string) => string;
  readonly integrity: (name: string) => string;
  /** where unfinished uploads of sealed bids lie */
  readonly uploadsFolder: string;
  /** routers that are not endpoints, besides the journal's and the language switch */
  readonly raw?: AppOptions['raw'];
  readonly log: (line: string, error?: unknown) => void;
}

/** Puts the web application together, by hand and in one place: the app under test is the app that runs. */
export function webHouse(options: HouseOptions): Express {
  const { files, frame, sandbox, https, proxies, assetsFolder, asset, integrity, log } = options;
  const house: House = {
    frame,
    files,
    whoIs: (token) => sessionOf(frame.fork(), token),
    endedElsewhere: (token) => endedElsewhere(frame.fork(), token),
    secureCookies: https,
    problemPage,
    view: async ({ lang, path }, visitor, { problem, values }, visit, params = {}) => {
      const { actor } = visitor;
      const checkpoint = await newestCheckpoint(visit.em);
      const vocabulary = await vocabularyFor(visit.em, params, visit.now);
      const witnesses = await witnessStandings(visit.em);
      return viewOf({
        lang,
        now: visit.now,
        me: actor.user === null ? null : { name: actor.name, organisation: actor.organisationName, role: actor.role },
        sandbox: sandbox ? { rate: await clockRate(visit.em) } : null,
        csrf: visitor.csrf,
        path,
        problem: problem && {
          name: problem.problem,
          title: problem.title,
          says: problem.detail.says,
          rule: problem.detail.rule,
          source: problem.detail.source,
          fields: problem.detail.fields ?? [],
        },
        values,
        inTrade: (words) => inTheWordsOf(vocabulary, words),
        checkpoint: checkpoint && {
          size: checkpoint.size,
          root: checkpoint.root,
          at: checkpoint.at,
          agreeing: checkpoint.witnesses.length,
          witnesses: witnesses.length,
          alarms: witnesses.flatMap(({ name, alarm }) => (alarm === null ? [] : [{ name, alarm }])),
        },
        asset,
        integrity,
        capitals: (yuan) => {
          const amount = parseYuan(yuan);
          return amount === undefined ? null : capitals(amount);
        },
      });
    },
  };
  const raw = [
    { path: '/journal', router: journalRouter(frame) },
    { path: '/council', router: custodianRouter(frame) },
    { path: '/probes/door', router: probeRouter(frame) },
    { path: '/deliveries', router: express.Router().use(deliveryRouter(frame), apiErrors(log)) },
    { path: '/clock', router: clockRouter(frame.fork) },
    { path: '/timestamps', router: express.Router().use(timestampRouter(frame.fork), apiErrors(log)) },
    { path: '/language', router: languageSwitch(https) },
    { path: '/uploads', router: uploads(options, house) },
    { path: '/verify', router: downloadRouter() },
    ...(options.raw ?? []),
  ];
  const { requestsPerMinute = 3000 } = options;
  return createApp({ house, assetsFolder, raw, log, proxies, https, requestsPerMinute });
}

/** Resumable uploads speak their own protocol, so they are no endpoint; who sends is found out as everywhere else. */
function uploads({ frame, files, uploadsFolder, log }: HouseOptions, { whoIs, secureCookies }: House): Router {
  const senderOf = async (request: Request, response: Response) => {
    const visitor = await visitorOf(request, response, whoIs, secureCookies);
    if (request.method !== 'HEAD' && visitor.token !== null) checkForm(visitor, request.get('x-csrf-token'));
    return visitor.actor;
  };
  const trials = trialRouter({ frame, files, folder: uploadsFolder });
  return express.Router().use(trials, uploadRouter({ frame, files, folder: uploadsFolder, senderOf }), apiErrors(log));
}

/** How fast a sandbox's clock runs: 1 as in life. */
async function clockRate(em: EntityManager): Promise<number> {
  const rows = await em.execute<{ rate: number }[]>('select rate from sandbox_clock order by id desc limit 1');
  return Number(rows[0]?.rate ?? 1);
}
