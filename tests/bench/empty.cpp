// A C++ program that does nothing: what every start costs.

#include <iostream>

int main() { std::cout << "nothing\n"; }
