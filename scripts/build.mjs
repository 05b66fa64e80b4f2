// `pnpm build`: installs and builds what is stale, and nothing else.
import { orExplain, prepare } from "./prepare.mjs";

await orExplain(() => prepare());
