// The endpoints of this room, one file for each thing people look for.
import './portal-routes.ts';
import './book-routes.ts';
import './calendar-routes.ts';
import './code-routes.ts';
import './evidence-routes.ts';
import './node-routes.ts';
import './probe-routes.ts';
import './receipt-routes.ts';
import './sandbox-routes.ts';
import './witness-routes.ts';
