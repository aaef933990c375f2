import Columns
import Testing

@Suite("Matrices")
struct MatrixTests {
    @Test("rows and columns give the same matrix, stored row by row")
    func layout() {
        let matrix = Matrix([[1, 2, 3], [4, 5, 6]])
        #expect(matrix == Matrix(columns: [[1, 4], [2, 5], [3, 6]]))
        #expect(matrix == Matrix(rows: 2, columns: 3, storage: [1, 2, 3, 4, 5, 6]))
        #expect(matrix.row(1) == [4, 5, 6])
        #expect(matrix.column(2) == [3, 6])
        #expect(matrix[1, 0] == 4)
    }

    @Test("an element is written where it is read")
    func write() {
        var matrix = Matrix(rows: 3, columns: 2, repeating: -1)
        matrix[2, 1] = 9
        #expect(matrix.storage == [-1, -1, -1, -1, -1, 9])
        #expect(matrix.column(1) == [-1, -1, 9])
    }

    @Test("matrices without rows or without columns have their shape")
    func empty() {
        #expect(Matrix([]).rows == 0)
        #expect(Matrix(rows: 0, columns: 3).columns == 3)
        #expect(Matrix(rows: 2, columns: 0).row(1) == [])
        #expect(Matrix(columns: []).columns == 0)
    }
}
