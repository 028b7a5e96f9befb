/**
 * Runs one tests file by pytest, or by unittest where there is no pytest, and writes a report as JSON. The path
 * of the report comes by stdin and not by an argument, so that code under test does not find it lying about.
 */
export const pythonDriver = `
import sys


def main():
    import importlib.util, inspect, io, json, os, traceback

    order = json.loads(sys.stdin.read())
    path, report = order['tests'], order['report']
    sys.path[0:1] = [os.getcwd(), os.path.dirname(path)]
    sys.argv = [path]
    found = {'by': 'unittest', 'executed': 0, 'failed': 0, 'isBroken': False, 'first': None}
    dumps, open_file, leave = json.dumps, open, os._exit

    def fault(name, message, line=None):
        found['failed'] += 1
        if found['first'] is None:
            found['first'] = {'name': str(name), 'message': str(message)[:2000], 'line': line}

    def line_of(trace):
        lines = [f.lineno for f in traceback.extract_tb(trace) if f.filename == path]
        return lines[-1] if lines else None

    def by_pytest(pytest):
        found['by'] = 'pytest'

        class Listener:
            def pytest_collectreport(self, report):
                if report.failed:
                    found['isBroken'] = True
                    text = str(report.longrepr).strip().splitlines()
                    fault(report.nodeid, text[-1].removeprefix('E').strip() if text else '')

            def pytest_runtest_logreport(self, report):
                xfail = hasattr(report, 'wasxfail')
                if report.when == 'call' and (not report.skipped or xfail):
                    found['executed'] += 1
                if report.failed and report.when != 'call':
                    found['executed'] += 1 if report.when == 'setup' else 0
                if report.failed:
                    crash = getattr(report.longrepr, 'reprcrash', None)
                    trace = getattr(report.longrepr, 'reprtraceback', None)
                    places = [getattr(entry, 'reprfileloc', None) for entry in getattr(trace, 'reprentries', ())]
                    name = os.path.basename(path)
                    lines = [p.lineno for p in places if p and os.path.basename(str(p.path)) == name]
                    at = lines[-1] if lines else None
                    fault(report.nodeid.split('::', 1)[-1], crash.message if crash else report.longrepr, at)

        code = int(pytest.main(['-q', '-p', 'no:cacheprovider', path], plugins=[Listener()]))
        if code not in (0, 1, 5) and not found['isBroken']:
            found['isBroken'] = True
            fault('the tests file', f'pytest ended with {code}')

    def by_unittest(unittest):
        spec = importlib.util.spec_from_file_location('orchestrator_tests', path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
        for name, value in list(vars(module).items()):
            if name.startswith('test') and inspect.isfunction(value):
                if inspect.signature(value).parameters:
                    found['isBroken'] = True
                    return fault(name, 'the test takes fixtures, which need pytest')
                suite.addTest(unittest.FunctionTestCase(value))

        class Result(unittest.TestResult):
            def startTest(self, test):
                found['executed'] += 1

            def addSkip(self, test, reason):
                found['executed'] -= 1

            def addSuccess(self, test):
                pass

            def addError(self, test, error):
                fault(test.id().replace('orchestrator_tests.', ''), repr(error[1]), line_of(error[2]))

            addFailure = addError

            def addExpectedFailure(self, test, error):
                pass

            def addUnexpectedSuccess(self, test):
                fault(test.id(), 'unexpected success')

            def addSubTest(self, test, subtest, error):
                if error is not None:
                    self.addError(subtest, error)

        suite.run(Result())

    try:
        try:
            import pytest
        except ImportError:
            import unittest
            by_unittest(unittest)
        else:
            by_pytest(pytest)
    except BaseException as error:
        found['isBroken'] = True
        fault('the tests file', repr(error), line_of(error.__traceback__))
    found['failed'] = min(found['failed'], max(found['executed'], 1))
    with open_file(report, 'w') as file:
        file.write(dumps(found))
    leave(0)


main()
`;
