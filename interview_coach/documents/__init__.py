"""CV and job ad: file -> text in a killable child process; text -> evidence spans; selection under a budget."""
