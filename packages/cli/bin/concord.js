#!/usr/bin/env node
// The command as it is installed. It stands outside of dist, so that it can be linked before anything is built.
import "../dist/main.js";
