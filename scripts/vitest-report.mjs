// A vitest reporter for `npm test`: every test with its project, and why it was skipped, as JSON.
// vitest's own JSON reporter knows neither projects nor reasons nor errors outside of tests.
import { writeFileSync } from "node:fs";

/** @typedef {{ name: string, state: "passed" | "failed" | "skipped", reason?: string | undefined }} TestReport */

export default class ReportFile {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly { message?: string }[]} strayErrors
   */
  onTestRunEnd(modules, strayErrors) {
    /** @type {TestReport[]} */
    const tests = modules.flatMap((module) => {
      const where = `${module.project.name} ${module.relativeModuleId}`;
      /** @type {{ skipReason?: string }} */
      const { skipReason } = module.project.getProvidedContext();
      const ran = [...module.children.allTests()].map((test) => {
        const result = test.result();
        const state = result.state === "pending" ? /** @type {const} */ ("failed") : result.state;
        const note = result.state === "skipped" ? result.note : undefined;
        return { name: `${where} > ${test.fullName}`, state, reason: note ?? skipReason };
      });
      const broken = module.state() === "failed" && !ran.some((test) => test.state === "failed");
      return broken
        ? [...ran, { name: `${where} (outside of its tests)`, state: /** @type {const} */ ("failed") }]
        : ran;
    });
    for (const error of strayErrors)
      tests.push({ name: `error outside of tests: ${error.message}`, state: "failed" });
    const file = process.env.CONCORD_TEST_REPORT;
    if (!file) throw new Error("CONCORD_TEST_REPORT does not say where to write the report");
    writeFileSync(file, JSON.stringify(tests));
  }
}
