"""What no test has the time for: processes killed hundreds of times, a platform that is away. Run by `make faults`."""
