import type { Role, Words } from './view.ts';

/** The fixed addresses the frame leads to. */
export const places = {
  front: '/',
  home: '/work',
  signIn: '/session',
  signOut: '/session/end',
  profile: '/profile',
  language: '/language',
  clock: '/clock',
  /** a sandbox's clock, to be hurried */
  sandbox: '/sandbox',
  verify: '/verify',
  rules: '/rules',
  problems: '/problems',
} as const;

export interface NavigationItem {
  readonly href: string;
  readonly label: Words;
}

const today: NavigationItem = { href: '/work', label: { zh: '今日待办', en: 'To do' } };
const tenders: NavigationItem = { href: '/lots', label: { zh: '招标项目', en: 'Tenders' } };
const openings: NavigationItem = { href: '/openings', label: { zh: '开标大厅', en: 'Opening hall' } };
const results: NavigationItem = { href: '/results', label: { zh: '结果公示', en: 'Results' } };
const verify: NavigationItem = { href: '/verify', label: { zh: '核验', en: 'Verify' } };
const mine: NavigationItem = { href: '/projects', label: { zh: '我的项目', en: 'My projects' } };
const myBids: NavigationItem = { href: '/bids', label: { zh: '我的投标', en: 'My bids' } };
const oversight: NavigationItem = { href: '/supervision', label: { zh: '全域看板', en: 'Board' } };
const pool: NavigationItem = { href: '/experts/applications', label: { zh: '专家库', en: 'Experts' } };
const evaluations: NavigationItem = { href: '/evaluations', label: { zh: '评标', en: 'Evaluation' } };

const everyone: readonly NavigationItem[] = [tenders, openings, results, verify];

/** What each role finds in the header, most used first. */
export const navigation: Readonly<Record<Role, readonly NavigationItem[]>> = {
  public: everyone,
  bidder: [today, tenders, myBids, { href: '/dossier', label: { zh: '单位档案', en: 'Dossier' } }, openings, results],
  agent: [today, mine, openings, evaluations, results],
  tenderee: [today, mine, openings, results],
  expert: [today, evaluations, { href: '/expert', label: { zh: '我的档案', en: 'My record' } }],
  regulator: [today, oversight, tenders, openings, results, pool],
  centre: [today, tenders, openings, evaluations, pool, { href: '/venues', label: { zh: '场地', en: 'Halls' } }],
  administrator: [
    today,
    tenders,
    { href: '/organisations', label: { zh: '主体与证书', en: 'Parties' } },
    { href: '/rules', label: { zh: '规则与参数', en: 'Rules' } },
    { href: '/securities/register', label: { zh: '保证金专户', en: 'Security accounts' } },
    { href: '/ceremonies', label: { zh: '密钥仪式', en: 'Ceremonies' } },
  ],
  trustee: [
    today,
    openings,
    { href: '/shares', label: { zh: '给出份额', en: 'Shares' } },
    { href: '/councils', label: { zh: '开启委员会', en: 'Councils' } },
    { href: '/ceremonies', label: { zh: '密钥仪式', en: 'Ceremonies' } },
  ],
  bank: [today, { href: '/securities', label: { zh: '保证金存管', en: 'Securities' } }, tenders],
  system: everyone,
};

export const roleNames: Readonly<Record<Role, Words>> = {
  public: { zh: '公众', en: 'Public' },
  bidder: { zh: '投标人', en: 'Bidder' },
  agent: { zh: '招标代理', en: 'Agent' },
  tenderee: { zh: '招标人', en: 'Tenderee' },
  expert: { zh: '评标专家', en: 'Expert' },
  regulator: { zh: '综合监管', en: 'Regulator' },
  centre: { zh: '交易中心', en: 'Trading centre' },
  administrator: { zh: '平台管理', en: 'Administrator' },
  trustee: { zh: '托管人', en: 'Trustee' },
  bank: { zh: '存管银行', en: 'Custodian bank' },
  system: { zh: '平台', en: 'Platform' },
};
