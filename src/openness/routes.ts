// The endpoints of this room, one file for each thing people look for.
import './node-routes.ts';
import './receipt-routes.ts';
