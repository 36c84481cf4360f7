import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
// only commands perform these, no page
import '../../src/bids/publish-client.ts';
import '../../src/experts/reseal-identity.ts';
import { allActs } from '../../src/kernel/act.ts';
import { type Actor, type Role, roles, thePublic, theSystem } from '../../src/kernel/actor.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { refusal } from '../support/refusal.ts';
import { freshId } from '../support/town.ts';

/*
 * Who may do what, as it was agreed. The acts declare it themselves; this table is kept by hand, so that nobody gains a power by a change in one
 * file alone. Every cell is tried through `perform`: the frame must let in exactly those who stand here.
 */

const signedIn: readonly Role[] = ['bidder', 'agent', 'tenderee', 'expert', 'regulator', 'centre', 'administrator', 'trustee', 'bank'];
/** those who hold a tender: its tenderee, or the agent it has charged */
const host: readonly Role[] = ['agent', 'tenderee'];
/** who may sit on a panel: drawn experts, and the host's representative */
const panel: readonly Role[] = ['expert', 'tenderee', 'agent'];
const platform: readonly Role[] = ['system'];

const organisations: readonly Role[] = ['bidder', 'agent', 'tenderee', 'regulator', 'centre', 'trustee', 'bank'];

const agreed: Readonly<Record<string, readonly Role[]>> = {
  'abandon-ceremony': ['administrator'],
  // securities: bidders lodge, the bank that keeps the money hands in statements and pays by the rules; nobody else learns who pays, and no official decides a refund
  'answer-forfeiture': ['tenderee'],
  'ask-account': ['bidder'],
  'contest-forfeiture': ['bidder'],
  'forfeit-security': ['tenderee'],
  'lodge-guarantee': ['bidder'],
  'open-account': ['administrator'],
  'order-refunds': ['bank'],
  'retire-issuer': ['administrator'],
  'state-securities': platform,
  'take-statement': ['bank'],
  'trust-issuer': ['administrator'],
  'apply-remedy': ['bidder'],
  'attribute-layers': platform,
  'await-copy': platform,
  'close-layers': platform,
  'conclude-part': panel,
  'dispute-layer': ['bidder'],
  'end-remedy': platform,
  'open-ceremony': ['administrator'],
  'register-certificate': organisations,
  'remove-layer': ['bidder'],
  'reveal-pseudonyms': panel,
  'retire-authority': ['administrator'],
  // a bid whose fate evidence cannot tell: whoever supervises or runs the hall says so, on record
  'rule-attribution': ['regulator', 'centre'],
  'schedule-session': [...host, 'system'],
  'sign-part': panel,
  'speak-in-ceremony': ['trustee'],
  'start-session': platform,
  'take-list': ['administrator', 'centre'],
  'trust-authority': ['administrator'],
  // the pool: people apply and keep their own record, their employer recommends, the centre reviews and tests, the regulator admits
  'admit-expert': ['regulator'],
  'apply-membership': ['expert'],
  'attach-proof': ['expert'],
  'change-employer': ['expert'],
  'change-identity': ['expert'],
  'change-standing': ['regulator'],
  'correct-application': ['expert'],
  'declare-relation': ['expert'],
  'find-person': ['regulator', 'centre'],
  'leave-pool': ['expert'],
  'open-proof': ['expert', 'centre', 'regulator'],
  'recommend-application': ['bidder', 'agent', 'tenderee', 'centre'],
  'record-test': ['centre'],
  'register-person': ['public', 'system'],
  'replace-expert': platform,
  'review-application': ['centre'],
  'view-identity': ['regulator', 'centre'],
  'withdraw-application': ['expert'],
  'withdraw-relation': ['expert'],
  'add-lot': host,
  'answer-call': ['expert', 'system'],
  'answer-enquiry': ['bidder'],
  'answer-objection': host,
  'answer-question': host,
  'ask-question': ['bidder'],
  'attend-opening': ['bidder'],
  'book-venue': ['centre', 'system'],
  'call-experts': platform,
  'change-password': signedIn,
  'choose-role': signedIn,
  'close-bidding': platform,
  'close-opening-record': [...host, 'system'],
  'close-session': signedIn,
  'close-venue': ['centre'],
  'collect-documents': ['bidder'],
  'complete-bid': platform,
  'check-qualification': host,
  'conclude-evaluation': panel,
  'keep-draft': panel,
  'seal-sheet': panel,
  'change-sheet': panel,
  'open-sheets': ['system'],
  'replace-member': ['system'],
  'confirm-record': ['bidder'],
  'declare-control': ['bidder', 'agent', 'tenderee'],
  'declare-recusal': panel,
  'enter-desk': panel,
  'keep-note': panel,
  'leave-desk': ['expert', 'tenderee', 'agent', 'system'],
  'open-attachment': panel,
  'deem-part': ['system'],
  'lapse-part': ['system'],
  'refuse-part': panel,
  'ask-time': panel,
  'vote-halt': panel,
  'answer-halt': host,
  'note-overtime': platform,
  'record-blind-checks': platform,
  // the supervisor’s own: it decides who may not judge, never what is judged
  'void-opinion': ['regulator'],
  // by the supervisor’s decision, or by the host on a ground of the law: the panel judges, nobody else
  'order-reassessment': [...host, 'regulator'],
  'deem-award': ['system'],
  'deem-report': ['system'],
  'determine-award': host,
  'determine-entrants': host,
  'award-call-off': host,
  'remove-entrant': host,
  'end-agreement': host,
  // a negotiation: its panel keeps the minutes, each member gives its word on them; the buyer alone changes what it asks for
  'agree-minutes': panel,
  'keep-minutes': panel,
  'start-negotiation': host,
  'call-last-offers': host,
  'change-requirement': ['tenderee'],
  'end-negotiation': host,
  'leave-negotiation': ['bidder'],
  // a prequalification, and who is invited after it: asked for by the host, drawn by nobody
  'publish-prequalification': host,
  'apply-prequalification': ['bidder'],
  'withdraw-prequalification': ['bidder'],
  'close-applications': ['system'],
  'judge-applications': host,
  'draw-invitations': host,
  'settle-invitations': ['system'],
  'write-cover': ['system'],
  'draft-change': host,
  'draft-contract': host,
  'draft-lot': host,
  'draw-in-session': platform,
  'draw-reading-order': platform,
  'enquire-bid': panel,
  'enrol-expert': ['administrator', 'system'],
  'enrol-totp': signedIn,
  // whoever leads an organisation enrols its people; administrators enrol everybody's
  'enrol-user': ['bidder', 'agent', 'tenderee', 'regulator', 'centre', 'trustee', 'bank', 'administrator', 'system'],
  'file-contract': host,
  'file-report': host,
  'form-council': ['administrator', 'system'],
  'form-panel': host,
  // a share proves by itself which trustee it comes from
  'give-share': ['public', 'trustee', 'system'],
  'export-experts': ['administrator', 'regulator'],
  'import-expert-sheet': ['administrator'],
  'import-experts': ['administrator', 'system'],
  'import-specialties': ['administrator'],
  'issue-certificate': signedIn,
  'issue-paper': platform,
  'seal-archive': platform,
  'lapse-bid': platform,
  'lapse-enquiry': ['system'],
  'move-deadline': platform,
  'notify-award': host,
  'object-to-record': ['bidder'],
  'open-bid': platform,
  'open-session': ['public', ...signedIn],
  'propose-totp': signedIn,
  'end-tendering': host,
  'publish-addendum': host,
  'retender-lot': host,
  'terminate-tender': host,
  'close-archive': host,
  'open-archive': [...host, 'regulator'],
  'ask-destruction': ['tenderee'],
  'destroy-archive': ['regulator'],
  'publish-candidates': host,
  'publish-client': ['system'],
  'publish-document': host,
  'publish-notice': host,
  'raise-objection': ['bidder'],
  'reach-deadline': platform,
  // only the tenderee itself says that what it bought is as agreed
  'record-acceptance': ['tenderee'],
  'record-payment': host,
  'record-stamps': platform,
  'renew-certificate': signedIn,
  'resume-certificate': signedIn,
  'read-bid': [...host, 'system'],
  'register-contract': host,
  'register-organisation': ['public', 'administrator', 'system'],
  'register-project': host,
  'register-probe': ['administrator', 'system'],
  'register-witness': ['administrator', 'system'],
  'register-venue': ['centre', 'system'],
  'remove-probe': ['administrator', 'system'],
  'remove-witness': ['administrator', 'system'],
  // what a probe saw proves itself by its signature
  'report-availability': ['public'],
  // what a witness refused proves itself by its signature
  'report-refusal': ['public'],
  'release-booking': ['centre', 'system'],
  'reseal-identity': platform,
  'request-draw': host,
  'resume-lot': ['regulator'],
  'resume-opening': ['regulator'],
  'review-bid': panel,
  'refuse-report': panel,
  'revoke-certificate': signedIn,
  'schedule-opening': host,
  'score-bid': panel,
  // no agent signs for its tenderee
  'sign-deed': ['tenderee', 'bidder'],
  // a sandbox's clock is everybody's; a production node has none to set
  'answer-appraisal': ['expert'],
  'appraise-agent': ['expert'],
  'appraise-expert': [...host, 'regulator'],
  'confirm-fees': ['tenderee'],
  'contest-expert-year': ['expert'],
  'decide-conduct': ['regulator'],
  'decide-expert-year': ['regulator'],
  'judge-expert-year': ['centre'],
  'pay-fees': ['tenderee'],
  'open-annual-review': ['centre'],
  'settle-expert-year': platform,
  'enter-conduct': ['regulator', 'centre'],
  'object-to-conduct': ['expert'],
  'settle-conduct': platform,
  'set-clock': roles,
  'set-override': ['administrator'],
  'withdraw-override': ['administrator'],
  'end-override': ['administrator'],
  'settle-message': platform,
  'sign-report': panel,
  'start-evaluation': host,
  'submit-bid': ['bidder'],
  'suspend-certificate': signedIn,
  'suspend-openings': ['centre', 'system'],
  'resume-openings': ['centre', 'system'],
  'suspend-lot': ['regulator'],
  'suspend-opening': ['regulator'],
  'take-evidence': ['regulator'],
  'view-matter': ['regulator'],
  'withdraw-control': ['bidder', 'agent', 'tenderee'],
  'withdraw-bid': ['bidder'],
  // a dossier is its owner's: nobody else writes in it, and a supervisor's look stays on record
  'keep-dossier-entry': ['bidder'],
  'attach-dossier-document': ['bidder'],
  'detach-dossier-document': ['bidder'],
  'confirm-dossier': ['bidder'],
  'publish-dossier-entry': ['bidder'],
  'unpublish-dossier-entry': ['bidder'],
  'remove-dossier-entry': ['bidder'],
  'import-dossier-sheet': ['bidder'],
  'view-dossier': ['regulator'],
};

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

function actorWith(role: Role): Actor {
  if (role === 'public') return thePublic;
  if (role === 'system') return theSystem;
  return { user: freshId(), name: role, role, organisation: null, code: null, organisationName: null, expert: null, address: null };
}

describe('Roles × acts', () => {
  it('is agreed for every act, and for no act that is not there', () => {
    expect(allActs().map(({ name }) => name)).toEqual(Object.keys(agreed).sort());
  });

  it.each(roles.map((role) => [role]))('%s may do what was agreed, and is refused everything else by name', async (role) => {
    const found: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const act of allActs()) {
      // nobody's input is no command: whoever is let in gets as far as being told so
      found[act.name] = await refusal(house.perform(act, actorWith(role), undefined));
      const refused = role === 'public' ? 'not-signed-in' : 'not-permitted';
      expected[act.name] = agreed[act.name]?.includes(role) ? 'invalid-input' : refused;
    }
    expect(found).toEqual(expected);
  });

  it('leaves what the platform does by itself to the platform: no person, of whatever office, closes bidding, opens a bid or issues a paper', () => {
    const alone = allActs().filter((act) => act.by.length === 1 && act.by[0] === 'system');
    expect(alone.map(({ name }) => name)).toEqual([
      'attribute-layers',
      'await-copy',
      'call-experts',
      'close-applications',
      'close-bidding',
      'close-layers',
      'complete-bid',
      'deem-award',
      'deem-part',
      'deem-report',
      'draw-in-session',
      'draw-reading-order',
      'end-remedy',
      'issue-paper',
      'lapse-bid',
      'lapse-enquiry',
      'lapse-part',
      'move-deadline',
      'note-overtime',
      'open-bid',
      'open-sheets',
      'publish-client',
      'reach-deadline',
      'record-blind-checks',
      'record-stamps',
      'replace-expert',
      'replace-member',
      'reseal-identity',
      'seal-archive',
      'settle-conduct',
      'settle-expert-year',
      'settle-invitations',
      'settle-message',
      'start-session',
      'state-securities',
      'write-cover',
    ]);
  });

  it('gives no act of a tender to those who watch it or run the machine: regulator, centre, administrator, trustee', () => {
    // the test that is recorded is an applicant's to the pool, and no matter of a tender
    const inTenders = Object.keys(agreed).filter(
      (name) =>
        name !== 'record-test' &&
        /bid|draft|notice|addendum|document|record|panel|evaluation|report|candidates|award|contract|objection|question|(^|-)draw/.test(
          name,
        ),
    );
    for (const role of ['regulator', 'centre', 'administrator', 'trustee'] as const)
      expect({ role, may: inTenders.filter((name) => agreed[name]?.includes(role)) }).toEqual({ role, may: [] });
    expect(inTenders.length).toBeGreaterThan(25);
  });
});
