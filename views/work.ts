import type { Work } from '../src/supervision/work-reads.ts';
import { type Home, homePage } from './home.ts';
import type { Html } from './html.ts';
import { phaseTone } from './tenders/phase.ts';
import type { Role, View, Words } from './view.ts';

interface Desk {
  readonly title: Words;
  readonly empty: Home['runningEmpty'];
  readonly begin: Home['begin'];
}

const findTender = { href: '/lots?phase=bidding', label: { zh: '找项目投标', en: 'Find a tender' }, icon: 'search' } as const;
const watching: Desk = {
  title: { zh: '正在招标与开标', en: 'Open and being opened' },
  empty: { says: { zh: '目前没有正在招标或开标的标段。', en: 'Nothing is open or being opened now.' } },
  begin: [],
};

/** What each role finds beside its list, and what it may begin. */
const desks: Partial<Record<Role, Desk>> = {
  agent: {
    title: { zh: '进行中的标段', en: 'Lots in progress' },
    empty: {
      says: { zh: '登记项目、编制标段并发布公告后，会列在这里。', en: 'Lots appear here once a project is registered.' },
      action: { href: '/projects/new', label: { zh: '登记项目', en: 'Register a project' } },
    },
    begin: [{ href: '/projects/new', label: { zh: '登记项目', en: 'Register a project' } }],
  },
  tenderee: {
    title: { zh: '进行中的标段', en: 'Lots in progress' },
    empty: {
      says: { zh: '本单位的项目登记后，会列在这里。', en: 'Your lots appear here once a project is registered.' },
      action: { href: '/projects/new', label: { zh: '登记项目', en: 'Register a project' } },
    },
    begin: [{ href: '/projects/new', label: { zh: '登记项目', en: 'Register a project' } }],
  },
  bidder: {
    title: { zh: '我的投标', en: 'My bids' },
    empty: {
      says: { zh: '获取招标文件后，标段会列在这里。', en: 'Lots appear here once you have collected their documents.' },
      action: findTender,
    },
    begin: [findTender],
  },
  expert: {
    title: { zh: '我参加的评标', en: 'My panels' },
    empty: { says: { zh: '被抽中并确认参加后，会列在这里。', en: 'Panels appear here once you were drawn and have accepted.' } },
    begin: [],
  },
  regulator: {
    title: { zh: '最先到期的标段', en: 'Due first' },
    empty: {
      says: { zh: '辖区内目前没有在办的标段。', en: 'No lot is in progress in your region.' },
      action: { href: '/supervision', label: { zh: '全域看板', en: 'The board' } },
    },
    begin: [{ href: '/supervision', label: { zh: '全域看板', en: 'The board' }, icon: 'list-check' }],
  },
  centre: watching,
  trustee: watching,
};

const plainDesk: Desk = {
  title: { zh: '进行中', en: 'In progress' },
  empty: {
    says: { zh: '没有与您有关的标段。', en: 'No lot concerns you.' },
    action: { href: '/lots', label: { zh: '招标项目', en: 'Tenders' } },
  },
  begin: [],
};

/** /work: what waits for this person, in the words of the role. */
export function workPage(view: View, work: Work): Html {
  const desk = (view.me && desks[view.me.role]) ?? plainDesk;
  return homePage(view, {
    todos: work.todos,
    running: work.running.map(({ href, name, phase, phaseTitle, next }) => ({
      href,
      name,
      where: phaseTitle,
      tone: phaseTone(phase),
      next,
    })),
    runningTitle: desk.title,
    runningEmpty: desk.empty,
    begin: desk.begin,
    news: work.news.map(({ says, about, at, href }) => ({ says: `${view.t(says)} · ${about}`, at, href })),
  });
}
