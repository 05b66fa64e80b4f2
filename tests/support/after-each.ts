// Run before each file of integration tests: files share their modules, so a hook in a module would be there for the
// first file alone.
import { afterEach } from "vitest";
import { disposeNow } from "./disposals.ts";

afterEach(disposeNow);
