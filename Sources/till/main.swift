runProgram()
