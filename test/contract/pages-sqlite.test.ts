import { describePages } from './pages-suite.ts';
import { stores } from './stores.ts';

describePages(stores[0]!);
